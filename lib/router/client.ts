import type { ClientSpendProps } from './spend/spend-props';
import type { ClientPolicyProps } from './governance/client-policy';

/** What a client may steer by request headers, beyond the `commit` and `budget` that every client may. */
export enum Steering {
  /** `x-failover-chain`: another chain of the configured hosts. */
  CHAIN = 'chain',
  /** `x-failover-only`: one host and no other. */
  ONLY = 'only',
  /** `x-failover-skip`: the chain without some hosts. */
  SKIP = 'skip',
  /** `x-failover-commit`: when the answer is committed. */
  COMMIT = 'commit',
  /** `x-failover-budget`: a preset, or a deadline in milliseconds. */
  BUDGET = 'budget',
  /** `x-failover-last-resort`: another model answers where the route has one and no host has the model that was asked for. */
  LAST_RESORT = 'last-resort',
}

/** How many requests a client may send in a period. */
export interface ClientQuotaProps {
  /** Requests, a whole number from 1. */
  readonly limit: number;
  /**
   * Period by UTC after which the count starts anew; weeks begin on Monday.
   * @default QuotaPeriod.MONTH
   */
  readonly period?: QuotaPeriod;
}

/** After how long a count of requests starts anew. */
export enum QuotaPeriod {
  DAY = 'day',
  WEEK = 'week',
  MONTH = 'month',
}

/** How much the router takes from a client. Routers share the counts by the health table, so that they are exact within 10 %. */
export interface ClientLimitsProps {
  /**
   * Requests a second, on average, a whole number from 1.
   * @default - any number
   */
  readonly rate?: number;
  /**
   * Requests that may come at once, a whole number from 1; needs `rate`.
   * @default - as many as `rate`
   */
  readonly burst?: number;
  /**
   * Requests in a longer period.
   * @default - any number
   */
  readonly quota?: ClientQuotaProps;
  /**
   * Requests in any minute, a whole number from 1.
   * @default - any number
   */
  readonly requestsPerMinute?: number;
  /**
   * Tokens in any minute, a whole number from 1: of prompts, without what caches had of them, and of answers. They are estimated before
   * the call and put right by what the host has counted.
   * @default - any number
   */
  readonly tokensPerMinute?: number;
  /**
   * Requests under way at a time, a whole number from 1. What a process holds that dies is free again within a minute.
   * @default - any number
   */
  readonly concurrent?: number;
}

/** Somebody who calls the router, by name. */
export interface ClientProps {
  /** Name in routes, logs and metrics; `deployment-probe` is the stack's own. */
  readonly name: string;
  /**
   * Id of the API Gateway key whose holder this client is.
   * @default - the client is not known by an API Gateway key
   */
  readonly apiKeyId?: string;
  /**
   * SHA-256 of the client's gateway key: 64 hex digits.
   * @default - the front door authenticates and names the client
   */
  readonly keySha256?: string;
  /**
   * How many requests the router takes from this client.
   * @default - as many as the front door lets through
   */
  readonly limits?: ClientLimitsProps;
  /**
   * What this client may spend.
   * @default - what the router's `spend` says of every client
   */
  readonly spend?: ClientSpendProps;
  /**
   * Whether this client is an operator, who sees and sets spend limits at `/v1/organizations/spend_limits`.
   * @default false
   */
  readonly operator?: boolean;
  /**
   * What this client may use: models, hosts, geographies, tools, and how much of them.
   * @default - whatever the router serves
   */
  readonly policy?: ClientPolicyProps;
  /**
   * What this client may steer.
   * @default - `commit` and `budget`
   */
  readonly may?: Steering[];
}
