import type { SpendAmounts } from './spend';

/** Whether the runtime knows that time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone }).format();
    return true;
  } catch {
    return false;
  }
}

/** A day's limit that is above its month's never holds, and is most likely a slip: a price or a zero too many. */
export function amountProblem({ daily, weekly, monthly }: SpendAmounts): string | undefined {
  const above = (short: number | undefined, long: number | undefined, names: readonly [string, string]) =>
    short !== undefined && long !== undefined && short > long
      ? `"${names[0]}" is ${short} USD and "${names[1]}" ${long}, so that the first never holds; give less, or leave it out`
      : undefined;
  return (
    above(daily, weekly, ['daily', 'weekly']) ??
    above(weekly, monthly, ['weekly', 'monthly']) ??
    above(daily, monthly, ['daily', 'monthly'])
  );
}
