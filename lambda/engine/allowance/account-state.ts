/** What a table has of one account: what is spent in a window, and what is held for requests that are on their way. */
export interface AccountState {
  /** Millionths of a dollar that are spent or held. */
  readonly used: number;
  readonly spent: number;
  /** By process: what it holds, and when it wrote that. */
  readonly slots: ReadonlyMap<string, string>;
  /** On how many items the account is spread; only the first one says. */
  readonly shards: number;
  /** When it was spread. */
  readonly spreadAt: number;
  /** Somebody has told that most of it is used up. */
  readonly noticed: boolean;
}

/** One write, of one process. It is made once, however often it is sent: its slot is then no longer what it was. */
export interface AccountChange {
  readonly process: string;
  /** What its slot has to be; undefined where it has none. */
  readonly from: string | undefined;
  readonly to: string;
  readonly used: number;
  readonly spent: number;
  /** The most that may be used before. @default - any amount */
  readonly room: number | undefined;
}

/** The items of accounts. Every method rejects when the table cannot be used, and then nobody knows whether it has been done. */
export interface AccountStore {
  /** What there is then; undefined where the slot is another, or there is no room. */
  change(item: string, change: AccountChange): Promise<AccountState | undefined>;
  read(item: string): Promise<AccountState>;
  /** Gives back what processes hold that have died, if their slots are still so. */
  sweep(item: string, slots: ReadonlyMap<string, string>): Promise<boolean>;
  /** True for one caller only. */
  notice(item: string): Promise<boolean>;
  /** Spreads it on more items, if nobody has. */
  spread(item: string, from: number, to: number, now: number): Promise<boolean>;
}

export const EMPTY: AccountState = { used: 0, spent: 0, slots: new Map(), shards: 1, spreadAt: 0, noticed: false };

/** What a process holds and when it said so. */
export interface Slot {
  readonly held: number;
  readonly at: number;
}

export const writtenSlot = ({ held, at }: Slot): string => `${held}:${at.toString(36)}`;

export function readSlot(text: string): Slot {
  const [held = '', at = ''] = text.split(':');
  return { held: Number(held) || 0, at: parseInt(at, 36) || 0 };
}

/** The longest that a request takes, with room: by then its process has written again, or is no more. */
const LONGEST_HOLD_MS = 20 * 60_000;
/** Within it a process knows what became of each of its writes. */
const QUIET_MS = 5 * 60_000;
/** Written by a clock that is wrong. */
const AHEAD_MS = 2 * 3_600_000;

/** Slots of processes that are done or dead, but for one's own. */
export function deadSlots({ slots }: AccountState, own: string, now: number): Map<string, string> {
  const dead = [...slots].filter(([process, text]) => {
    const { held, at } = readSlot(text);
    return process !== own && (at > now + AHEAD_MS || now - at > (held > 0 ? LONGEST_HOLD_MS : QUIET_MS));
  });
  return new Map(dead);
}

/** How many processes have written lately. */
export const writersOf = ({ slots }: AccountState, now: number): number =>
  [...slots.values()].filter((text) => Math.abs(now - readSlot(text).at) < WRITER_MS).length;
const WRITER_MS = 60_000;
