import { LONGEST_DEADLINE_MS } from './limits';

/** Times in milliseconds. */
export interface Budget {
  /** From the request's arrival to the last byte, over all attempts. */
  readonly deadlineMs: number;
  /** Per attempt: connect, send, and receive the response headers. */
  readonly headersMs: number;
  /** Per attempt: until the first content event, from the attempt's start. */
  readonly firstContentMs: number;
  /** Longest silence between bytes of an answer. */
  readonly idleMs: number;
  /** Streaming only: how long the client hears nothing before the first `ping`. */
  readonly pingAfterMs: number;
  readonly maxAttempts: number;
}

/** Claude Code warns after 20 s of silence, load balancers cut at 60 s. */
const PING_AFTER_MS = 10_000;
/** Two hosts with a retry each and two more: a longer chain of failures is not an accident of one host. */
const MAX_ATTEMPTS = 6;

export const BUDGETS = {
  /** Somebody listens or looks: after 3 s the next host is the better bet, and after 30 s nobody waits. */
  realtime: {
    deadlineMs: 30_000,
    headersMs: 3_000,
    firstContentMs: 3_000,
    idleMs: 10_000,
    pingAfterMs: PING_AFTER_MS,
    maxAttempts: MAX_ATTEMPTS,
  },
  /**
   * The deadline is the SDKs' own timeout. First content beyond 30 s is rare (thinking counts as life), and three such
   * hosts still fit. Silence of 125 s inside tool arguments has been seen on Bedrock, which sends no pings; after the
   * commit point a wrong guess destroys the answer, and Claude Code itself gives up at 300 s.
   */
  interactive: {
    deadlineMs: 600_000,
    headersMs: 20_000,
    firstContentMs: 30_000,
    idleMs: 150_000,
    pingAfterMs: PING_AFTER_MS,
    maxAttempts: MAX_ATTEMPTS,
  },
  /** As long as there is. Nobody waits, so a slow answer beats a second bill. */
  batch: {
    deadlineMs: LONGEST_DEADLINE_MS,
    headersMs: 60_000,
    firstContentMs: 180_000,
    idleMs: 240_000,
    pingAfterMs: PING_AFTER_MS,
    maxAttempts: MAX_ATTEMPTS,
  },
} as const satisfies Record<string, Budget>;

export type BudgetPreset = keyof typeof BUDGETS;
export const BUDGET_PRESETS = /* @__PURE__ */ Object.keys(BUDGETS) as readonly BudgetPreset[];
