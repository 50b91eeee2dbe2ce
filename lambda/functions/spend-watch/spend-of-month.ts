import type { HourlySpend } from './spend-ratio';

/** By UTC, as invoices of most hosts are. */
export function monthBegan(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** The hour that is not over counts too: a limit is passed when it is passed. */
export const spendSince = (month: number, hours: readonly HourlySpend[]): number =>
  hours.reduce((sum, { at, usd }) => (at >= month ? sum + usd : sum), 0);
