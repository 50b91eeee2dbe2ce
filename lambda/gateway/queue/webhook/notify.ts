import type { QueueConfig } from '../../../../lib/contract';
import type { Clock } from '../../../engine/time/clock';
import { createKeyStore, type KeyStore } from '../../../hosts/key-store';
import { errorText } from '../../../runtime/error-text';
import type { Env } from '../../../runtime/require-env';
import type { AnswerHead, RequestHead } from '../record';
import { INTERNET, send } from './send';
import { signed } from './sign';

/** `unwanted`: nobody is to be told there again. Else what went wrong. */
export type Outcome = 'told' | 'unwanted' | (string & {});
export type Notify = (id: string, request: RequestHead, answer: AnswerHead) => Promise<Outcome>;

/** Tells a client that its answer is there, and not what it says: that is fetched with the client's own key. */
export function createNotify({ webhooks = [] }: QueueConfig, env: Env, clock: Clock, network = INTERNET): Notify {
  const secrets = new Map<string, KeyStore>();
  const secretOf = (client: string, source: Parameters<typeof createKeyStore>[1][number]): KeyStore => {
    const known = secrets.get(client) ?? createKeyStore(`webhook of '${client}'`, [source], env, 'whsec_');
    secrets.set(client, known);
    return known;
  };
  return async (id, { client, webhook, acceptedAt }, { status, answeredAt }) => {
    const config = webhooks.find((each) => each.client === client);
    const url = webhook === undefined ? undefined : new URL(webhook);
    // What was allowed when it was accepted may be no longer.
    if (config === undefined || url === undefined || !config.hosts.includes(url.host)) return 'unwanted';
    const secret = secretOf(config.client, config.secret);
    const body = JSON.stringify({
      type: status < 400 ? 'message.answered' : 'message.failed',
      timestamp: new Date(answeredAt).toISOString(),
      data: { id, status, created_at: new Date(acceptedAt).toISOString() },
    });
    try {
      const answered = await send(url, signed(await secret.read(undefined), id, clock.now(), body), body, network);
      if (answered >= 200 && answered < 300) return 'told';
      // The word of Standard Webhooks for an address that is to be asked no more.
      if (answered === 410) return 'unwanted';
      // It may be the signature that is refused, and the secret another one by now.
      await secret.refresh(undefined);
      return `status ${answered}`;
    } catch (error) {
      return errorText(error);
    }
  };
}
