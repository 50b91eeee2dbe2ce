export const SPEND_PERIODS = ['daily', 'weekly', 'monthly'] as const;
export type SpendPeriod = (typeof SPEND_PERIODS)[number];

/** USD at list price that may be spent in a day, in a week from Monday on, and in a month; all of them hold. */
export type SpendAmounts = Readonly<Partial<Record<SpendPeriod, number>>>;

/** Of one client, which is a team. */
export interface ClientSpend extends SpendAmounts {
  /** Of each of its users that has none of its own in `users`. @default - the gateway's `perUser` */
  readonly perUser?: SpendAmounts;
  /** By the user's id, as requests name it. @default - all are alike */
  readonly users?: Readonly<Record<string, SpendAmounts>>;
}

/** What may be spent. The amounts at the top are those of the whole gateway. */
export interface SpendConfig extends SpendAmounts {
  /** Of each team that has none of its own. @default - no limit */
  readonly perTeam?: SpendAmounts;
  /** Of each user of each team that has none of its own. @default - no limit */
  readonly perUser?: SpendAmounts;
  /** By the model that is asked for. @default - no limit */
  readonly models?: Readonly<Record<string, SpendAmounts>>;
  /** IANA's name of the time zone in which days, weeks and months turn. @default 'UTC' */
  readonly timeZone?: string;
  /** What a model costs that has no list price: it may not be used, or it counts as nothing. @default 'refuse' */
  readonly unknownPrice?: 'refuse' | 'free';
  /** While the table cannot be used, requests go on, or are refused. @default 'open' */
  readonly tableDown?: 'open' | 'closed';
  /** Percent of every limit that is for this region, 1 to 100. @default 100 */
  readonly share?: number;
}

/** A limit that an operator has set over the wire. Times in milliseconds since the epoch. */
export interface StoredSpendLimit {
  /** What it is of: `gateway`, `team#<team>`, `user#<team>#<user>` or `model#<model>`. */
  readonly scope: string;
  readonly period: SpendPeriod;
  /** US cents. Absent: the operator has said that there is no limit. */
  readonly cents?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The operator. */
  readonly by: string;
}

/** Header that names the user for whom a team asks. It never reaches a host. */
export const USER_HEADER = 'x-failover-user';
