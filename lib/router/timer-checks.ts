import type { Construct } from 'constructs';
import { BUDGETS, type HostConfig, type RouterConfig } from '../contract';
import { ValidationError } from '../validation-error';

const PROPS = {
  headersMs: 'timeouts.headers',
  firstContentMs: 'timeouts.firstContent',
  idleMs: 'timeouts.idle',
} as const;
type Timer = keyof typeof PROPS;

/** A timer that cannot fire before the deadline does not do what it says; the router would refuse to start. */
export function checkTimers(scope: Construct, { hosts, routes }: RouterConfig): void {
  for (const { name, timeouts = {} } of hosts) {
    const using = routes.filter(
      ({ chain, lastResort = [] }) => chain.includes(name) || lastResort.some(({ host }) => host === name),
    );
    const deadline = Math.max(...using.map(deadlineOf));
    const late = (Object.keys(PROPS) as Timer[]).find((timer) => (timeouts[timer] ?? 0) > deadline);
    if (late !== undefined) {
      throw new ValidationError(
        scope,
        `host '${name}': '${PROPS[late]}' is ${timeouts[late]} ms, above the ${deadline} ms that the budget of its routes allows ` +
          'a whole request; lower it, or take a longer budget',
      );
    }
    checkOrder(scope, name, timeouts);
  }
}

function checkOrder(scope: Construct, host: string, timeouts: NonNullable<HostConfig['timeouts']>): void {
  const { headersMs = 0, firstContentMs = Infinity } = timeouts;
  if (headersMs <= firstContentMs) return;
  throw new ValidationError(
    scope,
    `host '${host}': 'timeouts.headers' is ${headersMs} ms, above 'timeouts.firstContent' of ${firstContentMs} ms, ` +
      'which starts with it; lower it',
  );
}

const deadlineOf = ({ budget }: RouterConfig['routes'][number]): number =>
  BUDGETS[typeof budget === 'string' ? budget : 'interactive'].deadlineMs;
