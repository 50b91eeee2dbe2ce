import type { Budget, BudgetPreset, HostConfig, RouteConfig } from '../../../lib/contract';
import { STEERING_HEADERS } from '../../../lib/contract';

/** Claude Code warns after 20 s of silence, load balancers cut at 60 s. */
const PING_AFTER_MS = 10_000;
/** Two hosts with a retry each and two more: a longer chain of failures is not an accident of one host. */
const MAX_ATTEMPTS = 6;

export const BUDGETS: Readonly<Record<BudgetPreset, Budget>> = {
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
   * hosts still fit. Silence of 125 s inside tool arguments has been seen on a host that sends no pings; after the
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
  /** Lambda's and API Gateway's 15 minutes less a margin for the error. Nobody waits, so a slow answer beats a second bill. */
  batch: {
    deadlineMs: 840_000,
    headersMs: 60_000,
    firstContentMs: 180_000,
    idleMs: 240_000,
    pingAfterMs: PING_AFTER_MS,
    maxAttempts: MAX_ATTEMPTS,
  },
};

/** In less, no host can be given a fair chance. */
const LEAST_DEADLINE_MS = 1000;
const DEFAULT_MAX_DEADLINE_MS = 840_000;

/** `error` is for the client that sent a header value nobody can read. */
export function resolveBudget(
  route: RouteConfig,
  headerValue: string | undefined,
): Budget | { readonly error: string } {
  const own = routeBudget(route);
  if (headerValue === undefined) return own;
  const asked = headerValue.trim();
  const base = Object.hasOwn(BUDGETS, asked) ? BUDGETS[asked as BudgetPreset] : own;
  const deadlineMs = base === own ? milliseconds(asked) : base.deadlineMs;
  if (deadlineMs === undefined || deadlineMs < LEAST_DEADLINE_MS) return { error: unreadable(asked) };
  return within(base, Math.min(deadlineMs, route.maxDeadlineMs ?? DEFAULT_MAX_DEADLINE_MS));
}

/** The budget with a host's own timers in place of the route's. */
export function hostBudget(budget: Budget, timeouts: HostConfig['timeouts']): Budget {
  return timeouts === undefined ? budget : capped({ ...budget, ...timeouts });
}

function routeBudget({ budget = 'interactive' }: RouteConfig): Budget {
  if (typeof budget === 'string') return BUDGETS[budget];
  const { preset = 'interactive', ...own } = budget;
  return capped({ ...within(BUDGETS[preset], own.deadlineMs ?? BUDGETS[preset].deadlineMs), ...own });
}

/** A third of the deadline for each timer that decides on failover: so two more hosts fit. */
function within(budget: Budget, deadlineMs: number): Budget {
  const third = deadlineMs / 3;
  return capped({
    ...budget,
    deadlineMs,
    headersMs: Math.min(budget.headersMs, third),
    firstContentMs: Math.min(budget.firstContentMs, third),
  });
}

function capped(budget: Budget): Budget {
  const { deadlineMs } = budget;
  return {
    ...budget,
    headersMs: Math.min(budget.headersMs, deadlineMs),
    firstContentMs: Math.min(budget.firstContentMs, deadlineMs),
    idleMs: Math.min(budget.idleMs, deadlineMs),
  };
}

function milliseconds(text: string): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}

function unreadable(asked: string): string {
  const names = Object.keys(BUDGETS).join(', ');
  return (
    `${STEERING_HEADERS.budget}: ${JSON.stringify(asked.slice(0, 40))} is not a budget. ` +
    `Use one of ${names}, or a deadline in whole milliseconds, of ${LEAST_DEADLINE_MS} or more, e.g. 20000.`
  );
}
