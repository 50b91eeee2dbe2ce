import { type Budget, BUDGETS, type RouteConfig, type RouterConfig } from '../../../lib/contract';

const TIMERS = ['headersMs', 'firstContentMs', 'idleMs', 'pingAfterMs'] as const satisfies (keyof Budget)[];

/** A timer that cannot fire before the deadline does not do what it says. */
export function budgetProblems({ hosts, routes }: RouterConfig): string[] {
  const ofRoutes = routes.flatMap((route, index) => [
    ...limitProblems(`routes[${index}].budget`, route),
    ...timerProblems(`routes[${index}].budget`, ownBudget(route), deadlineOf(route)),
  ]);
  const ofHosts = hosts.flatMap(({ name, timeouts = {} }, index) => {
    const using = routes.filter((route) => uses(route, name));
    const longest = using.length > 0 ? Math.max(...using.map(deadlineOf)) : Infinity;
    return timerProblems(`hosts[${index}].timeouts`, timeouts, longest);
  });
  return [...ofRoutes, ...ofHosts];
}

function limitProblems(at: string, route: RouteConfig): string[] {
  const { deadlineMs } = ownBudget(route);
  if (deadlineMs === undefined || route.maxDeadlineMs === undefined || deadlineMs <= route.maxDeadlineMs) return [];
  return [`${at}.deadlineMs: ${deadlineMs} is above the route's maxDeadlineMs of ${route.maxDeadlineMs}; lower it`];
}

function timerProblems(at: string, timers: Partial<Budget>, deadlineMs: number): string[] {
  const late = TIMERS.flatMap((timer) => {
    const ms = timers[timer];
    if (ms === undefined || ms <= deadlineMs) return [];
    return [`${at}.${timer}: ${ms} is above the deadline of ${deadlineMs} ms; lower it or raise deadlineMs`];
  });
  const { headersMs = 0, firstContentMs = Infinity } = timers;
  if (headersMs <= firstContentMs) return late;
  return [
    ...late,
    `${at}.headersMs: ${headersMs} is above firstContentMs ${firstContentMs}, which starts with it; lower it`,
  ];
}

const uses = ({ chain, lastResort = [] }: RouteConfig, name: string): boolean =>
  chain.includes(name) || lastResort.some(({ host }) => host === name);

const ownBudget = ({ budget }: RouteConfig) => (typeof budget === 'object' ? budget : {});

function deadlineOf({ budget = 'interactive' }: RouteConfig): number {
  if (typeof budget === 'string') return BUDGETS[budget].deadlineMs;
  return budget.deadlineMs ?? BUDGETS[budget.preset ?? 'interactive'].deadlineMs;
}
