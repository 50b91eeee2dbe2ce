import type { LedgerEntry } from './world/ledger';

const REFUSALS: readonly number[] = [429, 529];
const LONGEST_SECONDS = 60;

/** Whoever came in the second after the wait was served, or one of them: `records` in the order of arrival. */
export function isTrue({ status, retryAfter, endedAt }: LedgerEntry, records: readonly LedgerEntry[]): boolean {
  if (!REFUSALS.includes(status) || retryAfter === undefined || retryAfter > LONGEST_SECONDS) return false;
  const from = endedAt + retryAfter * 1000;
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.at < from) low = middle + 1;
    else high = middle;
  }
  const came: LedgerEntry[] = [];
  for (let at = low; at < records.length && records[at]!.at < from + 1000; at++) came.push(records[at]!);
  // After the end of the run nobody comes.
  return came.length === 0 || came.some(({ delivered }) => delivered);
}
