/** What a run comes to; undefined where it means nothing. */
export interface Figures {
  readonly requests: number;
  /** Without the whole answer. */
  readonly failed: number;
  /** The same, of requests that came after their process had seen its first failure: in the process with most of them. */
  readonly failedKnowing: number;
  /** The same, later than 15 seconds after the incident. */
  readonly failedAfterwards: number;
  /** Share of the requests that the primary did not serve. */
  readonly left: number;
  /** Requests that it did not serve and would have served. */
  readonly leftSound: number;
  /** Calls to hosts for a request, while the incident lasts. */
  readonly attempts: number;
  /** The same, for each host of the chain. */
  readonly attemptsPerHost: number;
  /** Tokens of answers that nobody got whole. */
  readonly tokensLost: number;
  /** Turns that another host served than the turn before. */
  readonly cachesLost: number;
  /** That requests came to. */
  readonly processes?: number;
  /** Seconds until the primary is asked by less than half of the requests, and until it serves nearly all again. */
  readonly leftAfter?: number;
  readonly backAfter?: number;
  /** Of what the quotas allow while the incident lasts. */
  readonly served?: number;
  /** Refusals without a `retry-after` after which somebody was served. */
  readonly untrue?: number;
  /** Requests of others that went another way because of one client. */
  readonly changed?: number;
}

export type FigureName = keyof Figures;
