export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A shorter past has no average that a day could be held against. */
const FEWEST_DAYS = 3;
const MOST_DAYS = 7;
/** USD. A day below it is nobody's business, whatever it is compared with. */
const SMALLEST_SPEND = 1;

/** Spend of an hour that began at `at`. */
export interface HourlySpend {
  readonly at: number;
  readonly usd: number;
}

export const spendPeriod = (now: number): { readonly from: number; readonly to: number } => {
  const to = now - (now % HOUR_MS);
  return { from: to - (MOST_DAYS + 1) * DAY_MS, to };
};

/** The last 24 hours by the average day of the seven before, or undefined where that says nothing yet. */
export function spendRatio(hours: readonly HourlySpend[], now: number): number | undefined {
  const { from, to } = spendPeriod(now);
  const dayAgo = to - DAY_MS;
  const first = Math.min(...hours.map(({ at }) => at));
  // A router that is younger has no spend of nothing before it began.
  const days = (dayAgo - Math.max(first, from)) / DAY_MS;
  const spent = (since: number, until: number): number =>
    hours.reduce((sum, { at, usd }) => (at >= since && at < until ? sum + usd : sum), 0);
  const today = spent(dayAgo, to);
  if (days < FEWEST_DAYS || today < SMALLEST_SPEND) return undefined;
  const before = spent(from, dayAgo) / days;
  return today / Math.max(before, SMALLEST_SPEND / 2);
}
