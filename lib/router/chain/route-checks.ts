import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LONGEST_DEADLINE_MS } from '../../contract';
import { ValidationError } from '../../validation-error';
import type { FailoverRouterProps, RouteProps } from '../router-props';

/** Routes that take nothing, or leave nothing for the router's own chain. */
export function checkRoutes(scope: Construct, routes: readonly RouteProps[]): void {
  for (const [index, { models, clients, hours, maxDeadline }] of routes.entries()) {
    const at = `routes[${index}]`;
    const empty = Object.entries({ models, clients }).find(([, names]) => names?.length === 0)?.[0];
    if (empty !== undefined) {
      throw new ValidationError(
        scope,
        `'${at}.${empty}' is empty, so that the route takes no request; leave it out for all`,
      );
    }
    if ((models === undefined || models.includes('*')) && clients === undefined && hours === undefined) {
      throw new ValidationError(
        scope,
        `'${at}' takes every request, so that 'chain' is never used; give it 'models', 'clients' or 'hours', ` +
          "or make its chain the router's own",
      );
    }
    const ms = maxDeadline === undefined || maxDeadline.isUnresolved() ? 1 : maxDeadline.toMilliseconds();
    if (ms < 1 || ms > LONGEST_DEADLINE_MS) {
      throw new ValidationError(scope, `'${at}.maxDeadline' must be 1 millisecond to 14 minutes, got ${ms} ms`);
    }
  }
}

export function checkTrickles(scope: Construct, { trickle, routes = [] }: FailoverRouterProps): void {
  const all = [
    ['trickle', trickle] as const,
    ...routes.map((route, i) => [`routes[${i}].trickle`, route.trickle] as const),
  ];
  for (const [at, share] of all) {
    if (share === undefined || Token.isUnresolved(share) || (share >= 0 && share <= 1)) continue;
    throw new ValidationError(
      scope,
      `'${at}' must be a share from 0 to 1, got ${share}; 0.01 sends one conversation in a hundred to a fallback first`,
    );
  }
}
