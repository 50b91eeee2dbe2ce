import {
  type Budget,
  type BudgetPreset,
  BUDGETS,
  type HostConfig,
  LONGEST_DEADLINE_MS,
  type RouteConfig,
  STEERING_HEADERS,
} from '../../../lib/contract';

/** In less, no host can be given a fair chance. */
const LEAST_DEADLINE_MS = 1000;

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
  return within(base, Math.min(deadlineMs, route.maxDeadlineMs ?? LONGEST_DEADLINE_MS));
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
