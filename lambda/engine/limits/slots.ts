/** Amounts by the number of the span of time that they belong to. */
export type Slots = ReadonlyMap<number, number>;

/** A minute as spans of five seconds: with the one that has begun, never less than a minute. */
export const SLOT_MS = 5000;
const SLOTS = 60_000 / SLOT_MS;

export const slotAt = (now: number): number => Math.floor(now / SLOT_MS);

/** Whether what is in a slot still counts for the minute that ends now; what is ahead is another clock's. */
export const isLive = (slot: number, now: number): boolean => slot >= slotAt(now) - SLOTS;

/** What the last minute has taken. */
export function minuteTotal(slots: Slots, now: number): number {
  let total = 0;
  for (const [slot, amount] of slots) if (isLive(slot, now)) total += amount;
  return total;
}

/** Milliseconds until so much has gone out of the minute; 0 where that is nothing. */
export function msUntilFreed(slots: Slots, amount: number, now: number): number {
  let left = amount;
  let wait = 0;
  for (const [slot, taken] of [...slots].sort(([a], [b]) => a - b)) {
    if (left <= 0) break;
    if (!isLive(slot, now)) continue;
    left -= taken;
    wait = (slot + SLOTS + 1) * SLOT_MS - now;
  }
  return wait;
}
