import type { Headers } from '../../../engine/headers';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;

/** `6m0s`, `850ms`, `1h2m3.5s` */
function durationMs(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g);
  return [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
}

/** The headers of a refusal with the time that this wire gives in its own way: when what is used up is there again. */
export function withRetryAfter(headers: Headers): Headers {
  if (headers['retry-after'] !== undefined || headers['retry-after-ms'] !== undefined) return headers;
  const spent = ['requests', 'tokens'].filter((kind) => headers[`x-ratelimit-remaining-${kind}`] === '0');
  const waits = spent
    .map((kind) => durationMs(headers[`x-ratelimit-reset-${kind}`] ?? ''))
    .filter((ms) => ms !== undefined);
  return waits.length === 0 ? headers : { ...headers, 'retry-after-ms': String(Math.ceil(Math.max(...waits))) };
}
