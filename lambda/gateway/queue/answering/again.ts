import type { Headers } from '../../../engine/headers';
import type { Random } from '../../../engine/time/clock';
import type { AnswerHead, RequestHead } from '../record';

/** At the first try, and at the most: an outage of hours is asked about four times an hour. */
const PAUSE_MS = [15_000, 900_000] as const;
/** How long a webhook is tried. */
const WEBHOOK_MS = 3_600_000;

/**
 * What has waited for so long can wait as long again: pauses double by themselves, and nobody has to count tries. A little sooner for one
 * than for another, so that what an outage has gathered does not come back at once.
 */
export function againIn({ acceptedAt, deadline }: RequestHead, headers: Headers, now: number, random: Random): number {
  const said = Number(headers['retry-after'] ?? 0) * 1000 || 0;
  const pause = bounded(Math.max((now - acceptedAt) * (1 - random() / 4), said));
  // Its last word comes at its deadline, not after the next pause.
  return Math.min(pause, Math.max(deadline - now, 0));
}

/** Undefined where it is given up. */
export function notifyAgainIn({ answeredAt }: AnswerHead, now: number): number | undefined {
  return now - answeredAt < WEBHOOK_MS ? bounded(now - answeredAt) : undefined;
}

const bounded = (ms: number): number => Math.min(Math.max(ms, PAUSE_MS[0]), PAUSE_MS[1]);
