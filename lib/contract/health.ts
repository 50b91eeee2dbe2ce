/**
 * The health table: what routers, canary and operators tell each other of hosts. Partition key `kind`, sort key `entry`,
 * both strings; `expires`, in seconds since the epoch, ends every item by itself. All other times are milliseconds since the epoch.
 */
export const HEALTH_KINDS = {
  /** One query of it is all a router reads: items of both `RouterEntry` types. */
  router: 'router',
  /** What the canary saw last of a host, and what it has spent. */
  canary: 'canary',
  /** What routers have counted of their clients' requests, where they limit those. */
  limits: 'limits',
  /** Limits of what may be spent, as operators have set them. What has been spent is in kinds that begin so. */
  spend: 'spend',
} as const;

/**
 * A region as a whole, where a name leads to several: an override of it, or the canary's word that no host answers from there, has the
 * region report down, so that Route 53 sends clients elsewhere. Requests are served all the same. No host can be called so.
 */
export const REGION_HOST = '(region)';

/** What one environment, or the canary, has found out of a host. Entry: `health#<host>#<scope>`, scope being the router's `healthScope`. */
export interface HealthEntry {
  readonly type: 'health';
  readonly host: string;
  readonly scope: string;
  /** `down`: nobody tries it before `until`. `back`: it answered at `at`; who held it for down ramps it up. */
  readonly state: 'down' | 'back';
  /** Of the outage: only ever grows within it. */
  readonly until: number;
  /** Word of `lambda/engine/failure/failure.ts`. */
  readonly reason: string;
  /** When it was seen. A later one wins. */
  readonly at: number;
  /** Who holds a host for longer than a router may: until its next check. @default - a router */
  readonly writer?: 'canary';
}

/** An operator's word on a host. Entry: `override#<host>`. It ends at `until`, whatever happens to who set it. */
export interface OverrideEntry {
  readonly type: 'override';
  readonly host: string;
  /**
   * `drain`: takes no request. `drill`: each attempt fails as if the connection were refused, so that everything reacts as in
   * an outage. `weight`: the share of conversations that try it first.
   */
  readonly action: 'drain' | 'drill' | 'weight';
  /** Of `weight`, percent from 0 to 100. */
  readonly percent?: number;
  readonly until: number;
  /** When it was set, and by whom, for `doctor` and the dashboard. */
  readonly at: number;
  readonly by: string;
}

/**
 * A figure of one model on one host, by which a route's `order` goes, as one number for all routers. Entry:
 * `figure#<name>#<host>#<scope>`. There is none where no route has such an order.
 */
export interface FigureEntry {
  readonly type: 'figure';
  readonly name: FigureName;
  readonly host: string;
  readonly scope: string;
  readonly value: number;
  /** How many it is the average of, at the least. */
  readonly samples: number;
  /** What it was before the first of the changes that have come one after the other, and when that was: what had begun by then still goes by it for a while. */
  readonly before: number;
  readonly since: number;
  /** When it was seen. A later one wins. */
  readonly at: number;
  /** Nobody goes by it any longer. */
  readonly until: number;
}

/**
 * `first-content`: milliseconds to the first content of a stream. `prompt-price`: what a token of a prompt has cost, by the price of
 * one that no cache has: 0.1 where all is read from the cache, 1.25 where all is written to it.
 */
export const FIGURE_NAMES = ['first-content', 'prompt-price'] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

export type RouterEntry = HealthEntry | OverrideEntry | FigureEntry;
