import type { Duration } from 'aws-cdk-lib';
import type { Host } from '../hosts/host';

/** How long a request may take, and how long one host may keep it waiting. */
export enum LatencyBudget {
  /** Somebody waits for each word: 30 seconds in all, 3 seconds to a host's first content. */
  REALTIME = 'realtime',
  /** Chat and coding: 10 minutes in all, 30 seconds to a host's first content. */
  INTERACTIVE = 'interactive',
  /** Nobody waits: 14 minutes in all, 3 minutes to a host's first content. */
  BATCH = 'batch',
}

/** The moment from which an answer belongs to the client; before it failover is invisible, after it impossible. */
export enum Commit {
  /** The first content of the answer: streams stay streams. */
  FIRST_CONTENT = 'first-content',
  /** The complete answer: even one that is cut off midway is rescued, at the price of hearing nothing until it is whole. */
  COMPLETE = 'complete',
}

/** What matches a request, and the chain that request is given. */
export interface RouteProps {
  /**
   * Model ids or aliases; `*` at the end matches any rest.
   * @default - every model
   */
  readonly models?: string[];
  /**
   * Names of clients (teams).
   * @default - every client
   */
  readonly clients?: string[];
  /** Hosts in the order in which they are tried. */
  readonly chain: Host[];
  /** @default - the router's budget */
  readonly budget?: LatencyBudget;
  /** @default - the router's commit */
  readonly commit?: Commit;
  /**
   * Share of the conversations, 0 to 1, that begin at a fallback.
   * @default - the router's trickle
   */
  readonly trickle?: number;
  /**
   * Upper limit for the deadline a client may ask for with `x-failover-budget`; at most 14 minutes.
   * @default Duration.minutes(14)
   */
  readonly maxDeadline?: Duration;
}
