import type { BreakerConfig, RouterEntry } from '../../../lib/contract';
import { isReason, type Reason } from '../../engine/failure/failure';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Between clocks that are kept, as AWS keeps those of routers and canaries. */
export const SKEW_MS = MINUTE_MS;
/** Longest cooldown that the classification gives a failure of that reason. */
const COOLDOWN_MS: Readonly<Record<Reason, number>> = {
  overloaded: MINUTE_MS,
  'rate-limited': 15 * MINUTE_MS,
  quota: 15 * MINUTE_MS,
  billing: 15 * MINUTE_MS,
  credential: 5 * MINUTE_MS,
  permission: 5 * MINUTE_MS,
  'not-found': 10 * MINUTE_MS,
  'host-config': 10 * MINUTE_MS,
  'server-error': MINUTE_MS,
  timeout: MINUTE_MS,
  connection: MINUTE_MS,
  malformed: MINUTE_MS,
  'model-error': MINUTE_MS,
  incompatible: 10 * MINUTE_MS,
  'bad-request': 10 * MINUTE_MS,
  // Of the request alone: they keep nobody away, and a breaker may still be named after them.
  conflict: 0,
  'too-large': 0,
  caller: 0,
  fault: 0,
  'state-bound': 0,
};
/** Of a reason that only a later version knows. */
const UNKNOWN_COOLDOWN_MS = 15 * MINUTE_MS;
/** A breaker that nobody has configured, and how often its wait doubles at the most. */
const BREAKER = { openMs: 10 * SECOND_MS, doublings: 3 } as const;
/** The canary holds until its next check of the same model, which the smallest budget has once a day. */
const CANARY_MS = 24 * HOUR_MS + MINUTE_MS;
/** No entry of any reason means it for longer. */
export const LONGEST_HOLD_MS = CANARY_MS + SKEW_MS;
/** The longest that an operator can say, and an hour, because nobody keeps an operator's clock. */
const OVERRIDE_MS = 25 * HOUR_MS;

/** A figure keeps nobody away, and is told again as long as somebody sees to it. */
const FIGURE_MS = 24 * HOUR_MS;

/** Longest time for which an entry may keep routers from its host. */
function longestMs(entry: RouterEntry, { openMs = BREAKER.openMs }: BreakerConfig): number {
  if (entry.type === 'override') return OVERRIDE_MS;
  if (entry.type === 'figure') return FIGURE_MS;
  if (entry.writer === 'canary') return CANARY_MS;
  const cooldownMs = isReason(entry.reason) ? COOLDOWN_MS[entry.reason] : UNKNOWN_COOLDOWN_MS;
  return Math.max(cooldownMs, openMs * 2 ** BREAKER.doublings);
}

/**
 * Why an entry cannot be true, or undefined where it can. By the reader's clock alone: the writer's may be a year off, and with
 * it everything the writer says.
 */
export function outOfBounds(entry: RouterEntry, breaker: BreakerConfig, now: number): string | undefined {
  const longest = longestMs(entry, breaker);
  if (entry.until - now > longest + SKEW_MS) {
    return `${named(entry)} until ${time(entry.until)}, and it lasts at most ${longest / SECOND_MS} s`;
  }
  // An operator's clock may be off by more, and says nothing of when the override ends.
  if (entry.type === 'override' || entry.at - now <= SKEW_MS) return undefined;
  return `${named(entry)} seen at ${time(entry.at)}, which is still to come`;
}

/** In words of ours only: what else stands in a table may be anybody's. */
function named(entry: RouterEntry): string {
  if (entry.type === 'override') return `host ${entry.host}: ${entry.action}`;
  if (entry.type === 'figure') return `host ${entry.host}: ${entry.name}`;
  return `host ${entry.host}: ${entry.state}, ${isReason(entry.reason) ? entry.reason : 'reason unknown'},`;
}

const time = (ms: number): string => new Date(ms).toISOString();
