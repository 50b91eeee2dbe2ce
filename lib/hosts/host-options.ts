import type { Duration } from 'aws-cdk-lib';

/** Timers of one host, instead of those of the route's budget. Each is 1 millisecond to 14 minutes. */
export interface HostTimeouts {
  /**
   * Per attempt: connect, send, and receive the response headers.
   * @default - the budget's: 3 s realtime, 20 s interactive, 60 s batch
   */
  readonly headers?: Duration;
  /**
   * Per attempt: until the first content, from the attempt's start.
   * @default - the budget's: 3 s realtime, 30 s interactive, 3 min batch
   */
  readonly firstContent?: Duration;
  /**
   * Longest silence between bytes of an answer.
   * @default - the budget's: 10 s realtime, 150 s interactive, 4 min batch
   */
  readonly idle?: Duration;
}

/** Another attempt on the same host, before the next one is taken. */
export interface HostRetry {
  /**
   * Retries for 5xx and connection failures; 0 to 10.
   * @default 1
   */
  readonly quickRetries?: number;
  /**
   * Longest wait before such a retry; the wait is drawn evenly below it.
   * @default Duration.millis(500)
   */
  readonly quickRetryMaxWait?: Duration;
  /**
   * Longest `retry-after` of a rate limit that is waited for; a longer one means the next host at once.
   * @default Duration.seconds(2)
   */
  readonly rateLimitMaxWait?: Duration;
}

/** When a host is skipped, and how it comes back. */
export interface HostBreaker {
  /**
   * Failures in a row after which the host is skipped; 1 to 1000.
   * @default 3
   */
  readonly consecutiveFailures?: number;
  /**
   * Or: share of failures in the window, above 0 and up to 1.
   * @default 0.1
   */
  readonly errorRate?: number;
  /**
   * Length of that window; up to a day.
   * @default Duration.minutes(1)
   */
  readonly window?: Duration;
  /**
   * Fewest requests in the window before the share counts; 1 to 1000000.
   * @default 20
   */
  readonly minRequests?: number;
  /**
   * Wait before one probe; doubles with each probe that hangs, to eight times. Up to a day.
   * @default Duration.seconds(10)
   */
  readonly open?: Duration;
  /**
   * A recovered host gets 10, 25, then 50 % of its traffic, each for so long. Up to a day.
   * @default Duration.seconds(20)
   */
  readonly rampStage?: Duration;
}

/** What any host may have, whatever its models are. */
export interface HostSettings {
  /**
   * Its name in chains, headers, logs and metrics: up to 63 lower case letters, digits and dashes; no other host of the router may have it.
   * @default - the kind of host, with its region and profile or location where these are given
   */
  readonly name?: string;
  /** @default - the timers of the route's budget */
  readonly timeouts?: HostTimeouts;
  /** @default - one quick retry within half a second; rate limits are waited for up to 2 seconds */
  readonly retry?: HostRetry;
  /** @default - skipped after 3 failures in a row, or 10 % of at least 20 requests in a minute */
  readonly breaker?: HostBreaker;
}

/** What a host of Claude's may have. */
export interface HostOptions extends HostSettings {
  /**
   * Base URL instead of the host's public one, for instance a VPC endpoint.
   * @default - the host's documented address
   */
  readonly endpoint?: string;
  /**
   * Ids on this host by model, used as they stand. They override the model table, and give ids to models it does not have.
   * @default - the model table
   */
  readonly modelIds?: { [model: string]: string };
}

/** What a model costs, in USD per million tokens. */
export interface TokenPrice {
  /** Of its input; 0 or more. */
  readonly input: number;
  /** Of its output; 0 or more. */
  readonly output: number;
  /**
   * Of input that comes from a cache; 0 or more.
   * @default - as any other input
   */
  readonly cacheRead?: number;
}

/** What a host of other models may have, wherever it serves them. */
export interface PricedHostOptions extends HostSettings {
  /**
   * What models cost there, by model as links name it: what you pay, or what the table does not have. For figures of cost, and for
   * the canary's budget.
   * @default - list prices, where they are known
   */
  readonly prices?: { [model: string]: TokenPrice };
}

/** What a host of other models may have that does not say by itself where it serves. */
export interface OtherHostOptions extends PricedHostOptions {
  /**
   * Geography in which its requests are served, for which you vouch: `eu`, `us`, `jp` or `au`.
   * @default - anywhere, which no residency but `Residency.ANYWHERE` takes
   */
  readonly servedIn?: string;
}
