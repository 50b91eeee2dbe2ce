import type { Budget } from '../presets';

/** Where a key is kept. The value itself never stands in a configuration. */
export type KeySource =
  | { readonly env: string }
  | {
      readonly secretArn: string;
      /** Field of a JSON secret. @default - the whole secret string is the key */
      readonly field?: string;
    };

export interface RetryConfig {
  /** Quick retries on the same host for 5xx and connection failures. @default 1 */
  readonly quickRetries?: number;
  /** Longest wait before a quick retry; the wait is drawn evenly below it. @default 500 */
  readonly quickRetryMaxMs?: number;
  /** Longest retry-after of a 429 that is waited for on the same host. @default 2000 */
  readonly rateLimitWaitMaxMs?: number;
}

export interface BreakerConfig {
  /** @default 3 */
  readonly consecutiveFailures?: number;
  /** Share of failures in the window, 0 to 1. @default 0.1 */
  readonly errorRate?: number;
  /** @default 60000 */
  readonly windowMs?: number;
  /** Fewest requests in the window before the rate counts. @default 20 */
  readonly minRequests?: number;
  /** How long an open breaker stays open before one probe; doubles with each probe that hangs, to eight times. @default 10000 */
  readonly openMs?: number;
  /** How long each ramp stage (10, 25, 50 %) lasts. @default 20000 */
  readonly rampStageMs?: number;
}

/** What every kind of host has. */
export interface HostBase {
  /** Lower case letters, digits and dashes: the name in chains, headers, logs and metrics. */
  readonly name: string;
  /** Base URL instead of the host's public one. @default - the host's documented address */
  readonly endpoint?: string;
  /** Model id -> id on this host; adds to and overrides the model table. @default - the model table */
  readonly models?: Readonly<Record<string, string>>;
  readonly timeouts?: Partial<Pick<Budget, 'headersMs' | 'firstContentMs' | 'idleMs'>>;
  readonly retry?: RetryConfig;
  readonly breaker?: BreakerConfig;
}

/** What every kind of host has whose models are not in the model table. */
export interface OtherHostBase extends HostBase {
  /** USD per million tokens, by model as `models` and `lastResort` name it. @default - list prices, where they are known */
  readonly prices?: Readonly<Record<string, OwnPrice>>;
  /** The geography in which its requests are served, for policies: `eu`, `us`, `jp` or `au`. @default - that of its region or location, else any */
  readonly servedIn?: string;
}

export interface OwnPrice {
  readonly input: number;
  readonly output: number;
  /** Of input that comes from a cache. @default - as any other */
  readonly cacheRead?: number;
}
