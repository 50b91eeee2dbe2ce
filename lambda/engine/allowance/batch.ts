/** What may be spent on one request is held back before it. All amounts in millionths of a dollar. */
export interface Reservation {
  readonly kind: 'reserve';
  readonly amount: number;
  /** The most that may be used with it. */
  readonly limit: number;
  state: 'waiting' | 'granted' | 'refused';
  /** Of its account, when it was granted. */
  life: number;
  answered?: () => void;
  failed?: (error: unknown) => void;
}

/** What a request has cost. */
export interface Settlement {
  readonly kind: 'settle';
  readonly cost: number;
  /** Undefined where nothing was held in this account. */
  readonly reservation: Reservation | undefined;
}

export type Change = Reservation | Settlement;

/** One write's worth of changes. */
export interface Batch {
  readonly changes: readonly Change[];
  /** Reservations whose requests are over before anything was held. */
  readonly pointless: readonly Reservation[];
  readonly used: number;
  readonly spent: number;
  readonly held: number;
  readonly room: number | undefined;
}

/** No item grows by it, but its write would wait for a long time to be put together. */
const MOST = 5000;

/** `life`: of the account. What it held in an earlier one is not there any more. */
export function batchOf(waiting: readonly Change[], life: number): Batch {
  const over = new Set(
    waiting.flatMap((each) => (each.kind === 'settle' && each.reservation ? [each.reservation] : [])),
  );
  const pointless = waiting.filter((each): each is Reservation => each.kind === 'reserve' && over.has(each));
  const reservations = waiting.filter((each): each is Reservation => each.kind === 'reserve' && !over.has(each));
  // One condition can only hold one limit.
  const limit = reservations[0]?.limit ?? Infinity;
  const alike = reservations.filter((each) => each.limit === limit).slice(0, MOST);
  const settlements = waiting.filter((each): each is Settlement => each.kind === 'settle').slice(0, MOST);
  const reserved = sum(alike, ({ amount }) => amount);
  const spent = sum(settlements, ({ cost }) => cost);
  const released = sum(settlements, (each) => releasedBy(each, life));
  const room = Number.isFinite(limit) ? limit - reserved - Math.max(0, spent - released) : undefined;
  return {
    changes: [...settlements, ...alike],
    pointless,
    used: spent - released + reserved,
    spent,
    held: reserved - released,
    room,
  };
}

/** What was held for a request that is over, if it still is. */
export const releasedBy = ({ reservation }: Settlement, life: number): number =>
  reservation?.state === 'granted' && reservation.life === life ? reservation.amount : 0;

export const sum = <T>(all: readonly T[], value: (each: T) => number): number =>
  all.reduce((total, each) => total + value(each), 0);
