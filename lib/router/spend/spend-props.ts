/** What may be spent, in USD at list price; where several are given, all of them hold. */
export interface SpendLimits {
  /**
   * USD a day, above 0.
   * @default - any amount
   */
  readonly daily?: number;
  /**
   * USD a week, from Monday on, above 0.
   * @default - any amount
   */
  readonly weekly?: number;
  /**
   * USD a calendar month, above 0.
   * @default - any amount
   */
  readonly monthly?: number;
}

/** What one client (team) may spend. */
export interface ClientSpendProps extends SpendLimits {
  /**
   * What each of its users may spend. A request names its user in `x-failover-user` or `metadata.user_id`; all that name none are
   * one user together.
   * @default - the `perUser` of the gateway
   */
  readonly perUser?: SpendLimits;
  /**
   * What single users may spend, by the id that requests name.
   * @default - all users are alike
   */
  readonly users?: Record<string, SpendLimits>;
}

/** What becomes of a model that has no list price. */
export enum UnknownPrice {
  /** It stops synth and, at a router that meets one all the same, its requests are refused (403). */
  REFUSE = 'refuse',
  /** It counts as nothing, which the metric `SpendUnpriced` says. */
  FREE = 'free',
}

/** What becomes of requests while the table of what has been spent cannot be used. */
export enum TableDown {
  /** They go on, which the metric `SpendUnchecked` says, and are counted when the table is back. */
  OPEN = 'open',
  /** They are refused (503), to be tried again. */
  CLOSED = 'closed',
}

/**
 * What may be spent. The limits at the top are those of the whole gateway. A request beyond a limit is refused (429) until its window
 * turns; at 80 % there is a notice, by the metric `SpendNotices`. Limits that operators set over the wire hold beside these.
 */
export interface SpendProps extends SpendLimits {
  /**
   * What each client (team) may spend that has no limit of its own for the period.
   * @default - any amount
   */
  readonly perTeam?: SpendLimits;
  /**
   * What each user of each client may spend.
   * @default - any amount
   */
  readonly perUser?: SpendLimits;
  /**
   * What may be spent on requests for a model, by its id or alias.
   * @default - any amount
   */
  readonly models?: Record<string, SpendLimits>;
  /**
   * IANA name of the time zone in which days, weeks and months turn, such as `Europe/Berlin`.
   * @default 'UTC'
   */
  readonly timeZone?: string;
  /** @default UnknownPrice.REFUSE */
  readonly unknownPrice?: UnknownPrice;
  /** @default TableDown.OPEN */
  readonly tableDown?: TableDown;
  /**
   * Percent of every limit that is for this region, a whole number from 1 to 100: each region of two counts for itself.
   * @default 100
   */
  readonly share?: number;
}
