import type { Slots } from './slots';

/** A lease that nobody renews is over with the span after the one it was made in. */
export const LEASE_MS = 30_000;
/** Renewed before any clock takes it for over. */
export const RENEW_MS = 20_000;

export const leaseSlotAt = (now: number): number => Math.floor(now / LEASE_MS) + 1;

export const isLeased = (slot: number, now: number): boolean => slot >= leaseSlotAt(now) - 1;

/** How many are under way, whoever has them. */
export function leasedTotal(slots: Slots, now: number): number {
  let total = 0;
  for (const [slot, amount] of slots) if (isLeased(slot, now)) total += amount;
  return Math.max(0, total);
}
