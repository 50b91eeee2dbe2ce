import type { ClientLimits } from '../../../../lib/contract';
import type { Headers } from '../../../engine/headers';
import { minuteTotal, msUntilFreed } from '../../../engine/limits/slots';
import type { Ledger } from './ledger';

/** One limit holds for both, so that either may be all of what is left. */
const NAMES = { requests: ['requests'], tokens: ['tokens', 'input-tokens', 'output-tokens'] } as const;

/** What is left of a team's minute, in Anthropic's words. */
export function limitHeaders(
  { requestsPerMinute, tokensPerMinute }: ClientLimits,
  ledger: Ledger,
  now: number,
): Headers {
  const headers: Record<string, string> = {};
  const limits = { requests: requestsPerMinute, tokens: tokensPerMinute };
  for (const kind of ['requests', 'tokens'] as const) {
    const limit = limits[kind];
    if (limit === undefined) continue;
    const slots = ledger.slots(kind);
    const used = Math.max(0, minuteTotal(slots, now));
    const reset = new Date(now + msUntilFreed(slots, used, now)).toISOString().slice(0, 19);
    for (const name of NAMES[kind]) {
      headers[`anthropic-ratelimit-${name}-limit`] = String(limit);
      headers[`anthropic-ratelimit-${name}-remaining`] = String(Math.max(0, limit - used));
      headers[`anthropic-ratelimit-${name}-reset`] = `${reset}Z`;
    }
  }
  return headers;
}
