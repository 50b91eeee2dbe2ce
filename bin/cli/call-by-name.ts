import { RESPONSE_HEADERS } from '../../lib/contract';
import { probeHost, type InvokeRouter } from '../../lambda/pre-traffic/probe-host';
import type { GatewayAccess } from './gateway-access';

export interface Called {
  readonly host: string;
  /** The cheapest model it has, or undefined where it has none. */
  readonly model: string | undefined;
  /** Why it does not answer, and what to do. */
  readonly problem: string | undefined;
}

/** Asks one host, and no other, for a word. */
export async function callByName(gateway: GatewayAccess, host: string): Promise<Called> {
  const invoke = overHttp(gateway);
  for (const model of gateway.models) {
    const problem = await probeHost({ host, model }, invoke);
    if (problem?.includes('no-such-model') !== true) return { host, model, problem };
  }
  return { host, model: undefined, problem: `host ${host}: it has none of the models` };
}

const overHttp =
  ({ fetch }: GatewayAccess): InvokeRouter =>
  async ({ httpMethod: method, path, headers, body }) => {
    const answer = await fetch(path, { method, headers: headers as Record<string, string>, body });
    return {
      status: answer.status,
      trace: answer.headers.get(RESPONSE_HEADERS.trace) ?? '',
      body: await answer.text(),
    };
  };
