import { Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RouterConfig } from '../../contract';
import { QUEUE_DEADLINE_MS, QUEUE_KEEP_MS, WEBHOOK_HOST } from '../../contract/queue/queue';
import { ValidationError } from '../../validation-error';
import type { FailoverRouterProps } from '../router-props';
import { type QueueProps, WhenDown } from './queue-props';

export const DEADLINE = Duration.hours(6);
export const KEEP = Duration.days(1);

/** What would fail at deployment, or at the first request that waits. */
export function checkQueue(scope: Construct, queue: QueueProps, { clients = [] }: RouterConfig): void {
  checkTime(scope, 'deadline', queue.deadline ?? DEADLINE, QUEUE_DEADLINE_MS, 'from 1 minute to 3 days');
  checkTime(scope, 'keepAnswers', queue.keepAnswers ?? KEEP, QUEUE_KEEP_MS, 'from 1 hour to 30 days');
  const { maxConcurrency: most = 2, webhooks = [] } = queue;
  if (!Token.isUnresolved(most) && !(Number.isInteger(most) && most >= 2 && most <= 1000)) {
    refuse(scope, `'queue.maxConcurrency' must be a whole number from 2 to 1000, got ${most}`);
  }
  const names = clients.map(({ name }) => name);
  for (const [index, { client, hosts }] of webhooks.entries()) {
    const at = `queue.webhooks[${index}]`;
    if (!names.includes(client)) {
      refuse(scope, `'${at}.client': there is no client '${client}'; the clients are ${names.join(', ')}`);
    }
    if (webhooks.findIndex((other) => other.client === client) < index) {
      refuse(scope, `'${at}.client': '${client}' has webhooks already; give each client one entry with all its hosts`);
    }
    const wrong = hosts.find((host) => !Token.isUnresolved(host) && !WEBHOOK_HOST[0].test(host));
    if (wrong !== undefined) refuse(scope, `'${at}.hosts': '${wrong}' must be ${WEBHOOK_HOST[1]}`);
    if (hosts.length === 0) refuse(scope, `'${at}.hosts' is empty, so that nothing may be named; leave the entry out`);
  }
}

/** Nothing can wait where there is no place to wait in. */
export function checkWhenDown(scope: Construct, { queue, whenDown, routes = [] }: FailoverRouterProps): void {
  if (queue !== undefined) return;
  const places = [
    ['whenDown', whenDown] as const,
    ...routes.map((route, i) => [`routes[${i}].whenDown`, route.whenDown] as const),
  ];
  const place = places.find(([, of]) => of === WhenDown.QUEUE)?.[0];
  if (place === undefined) return;
  refuse(scope, `'${place}' is WhenDown.QUEUE, and the router has no 'queue' in which requests wait; give 'queue: {}'`);
}

function checkTime(
  scope: Construct,
  prop: string,
  value: Duration,
  [min, max]: readonly [number, number],
  range: string,
): void {
  const ms = value.isUnresolved() ? min : value.toMilliseconds({ integral: false });
  if (ms >= min && ms <= max && Number.isInteger(ms / 1000)) return;
  refuse(scope, `'queue.${prop}' must be whole seconds ${range}, got ${value.toHumanString()}`);
}

function refuse(scope: Construct, text: string): never {
  throw new ValidationError(scope, text);
}
