const DAY_MS = 86_400_000;

/** Lambda's own, and API Gateway's for a streamed answer. */
export const LONGEST_INVOCATION_MS = 900_000;
/** Of a request over all attempts: the last of the fifteen minutes is for saying that it was too long. */
export const LONGEST_DEADLINE_MS = 840_000;

/** Of a connection in front of the tasks of Fargate: an answer that does not stream is as silent as its deadline is long. */
export const BALANCER_IDLE_SECONDS = 900;

type Range = readonly [min: number, max: number];

/** Whole numbers that a host may be given, from and to; times in milliseconds. */
export const LIMITS = {
  timeoutMs: [1, LONGEST_DEADLINE_MS],
  retryWaitMs: [0, LONGEST_DEADLINE_MS],
  quickRetries: [0, 10],
  consecutiveFailures: [1, 1000],
  minRequests: [1, 1_000_000],
  breakerMs: [1, DAY_MS],
} as const satisfies Record<string, Range>;

/** Models that a request or a route may name to be asked next. */
export const MAX_FALLBACKS = 4;
