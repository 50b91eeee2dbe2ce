import { FRONT_HEADER, HELLO_PATH, RESPONSE_HEADERS } from '../../../lib/contract';
import { LONGEST_PROBE_MS } from '../pre-traffic/probe-event';
import type { InvokeRouter } from '../pre-traffic/probe-host';

/** What the probe shows: as whom it asks, and that it may come by the generated address. */
export interface Pass {
  readonly key?: string | undefined;
  readonly frontSecret?: string | undefined;
}

const HELLO_TIMEOUT_MS = 20_000;

export const askRouter =
  (url: string, { key, frontSecret }: Pass): InvokeRouter =>
  async ({ httpMethod: method, path, headers: given, body }) => {
    const headers = new Headers(given as Record<string, string>);
    if (key !== undefined) headers.set('x-api-key', key);
    if (frontSecret !== undefined) headers.set(FRONT_HEADER, frontSecret);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      body,
      signal: AbortSignal.timeout(LONGEST_PROBE_MS),
    });
    return {
      status: answer.status,
      trace: answer.headers.get(RESPONSE_HEADERS.trace) ?? '',
      body: await answer.text(),
    };
  };

/** Whether a process of the router answers; what a load balancer or Lambda says in its place is not JSON of ours. */
export async function saysHello(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}${HELLO_PATH}`, { signal: AbortSignal.timeout(HELLO_TIMEOUT_MS) });
    return answer.ok && ((await answer.json()) as { ok?: unknown }).ok === true;
  } catch {
    return false;
  }
}
