import Anthropic from '@anthropic-ai/sdk';
import type { StackDescription } from '../../lib/contract';

const KEY = 'CLAUDE_FAILOVER_KEY';

/** A gateway as its operator calls it. */
export interface GatewayAccess {
  readonly url: string;
  /** Never printed. */
  readonly key: string;
  readonly client: Anthropic;
  readonly hosts: readonly string[];
  readonly models: readonly string[];
}

export async function openGateway(stack: StackDescription): Promise<GatewayAccess> {
  const { url } = stack;
  const key = process.env[KEY] || stack.key || (await operatorKey(stack));
  const read = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } });
    // 503 is the health endpoint's way to say that every host is down.
    if (answer.ok || answer.status === 503) return answer.json();
    const why = answer.status === 401 || answer.status === 403 ? `: the key is refused; set ${KEY}` : '';
    throw new Error(`${url}${path} answered ${answer.status}${why}`);
  };
  const { hosts } = (await read('/health/hosts')) as { hosts: readonly { name: string }[] };
  const { data } = (await read('/v1/models')) as { data: readonly { id: string }[] };
  return {
    url,
    key,
    // No retry of its own: what a client would feel has to be seen.
    client: new Anthropic({ baseURL: url, authToken: key, apiKey: null, maxRetries: 0, timeout: 60_000 }),
    hosts: hosts.map(({ name }) => name),
    models: data.map(({ id }) => id),
  };
}

/** The key of the canary, which may steer. It is read at API Gateway and stays in this process. */
async function operatorKey({ keyId, region }: StackDescription): Promise<string> {
  if (keyId === undefined) throw new Error(`no key to call the gateway with; set ${KEY} to one that may steer 'only'`);
  const { APIGatewayClient, GetApiKeyCommand } = await import('@aws-sdk/client-api-gateway');
  const { value } = await new APIGatewayClient({ region }).send(
    new GetApiKeyCommand({ apiKey: keyId, includeValue: true }),
  );
  if (value === undefined) throw new Error(`API Gateway has no value for key ${keyId}; set ${KEY} instead`);
  return value;
}
