import type { QueueConfig } from '../../../../lib/contract';
import { QUEUE_HEADERS } from '../../../../lib/contract/queue/queue';
import { GatewayError } from '../../gateway-error';
import type { Client } from '../../plan/clients';

const LONGEST = 2000;

/** An address that this client may be told at; undefined where it names none. Throws a `GatewayError`. */
export function allowedWebhook(
  asked: string | undefined,
  { name }: Client,
  { webhooks = [] }: QueueConfig,
): string | undefined {
  if (asked === undefined) return undefined;
  const refuse = (status: number, why: string): never => {
    throw new GatewayError(status, `${QUEUE_HEADERS.webhook}: ${why}`);
  };
  const hosts = webhooks.find(({ client }) => client === name)?.hosts;
  if (hosts === undefined)
    return refuse(403, 'this client has no webhooks; they are allowed in the gateway’s configuration');
  const url = asked.length <= LONGEST && URL.canParse(asked) ? new URL(asked) : null;
  if (url?.protocol !== 'https:') return refuse(400, `must be an https URL of at most ${LONGEST} characters`);
  if (url.username !== '' || url.password !== '') return refuse(400, 'must have no credentials; messages are signed');
  if (!hosts.includes(url.host)) return refuse(403, `host '${url.host}' is not one of ${hosts.join(', ')}`);
  return url.href;
}
