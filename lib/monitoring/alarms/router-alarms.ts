import { Duration } from 'aws-cdk-lib';
import { LONGEST_INVOCATION_MS } from '../../contract';
import { AlarmSeverity } from './alarm-options';
import { type AlarmDefinition, tail } from './alarm-definition';

const { PAGE, NOTICE } = AlarmSeverity;
const period = Duration.minutes(5);

/** What Lambda tells of the router's function. */
export const ROUTER_ALARMS = {
  routerErrors: {
    id: 'Errors',
    heading: 'Router errors',
    severity: PAGE,
    meansDown: true,
    // One crash may be an accident of one request; the function answers even what it cannot serve.
    threshold: 2,
    period,
    metric: (metrics) => metrics.ofFunction('Errors', 'Sum'),
    symptom: 'The router itself fails: invocations crash, run out of memory or run into the timeout.',
    causes: 'a new version (CodeDeploy takes that back by itself), a configuration it cannot read, too little memory.',
    check: (router) => tail(router, '?"Task timed out" ?"Runtime." ?CRITICAL'),
  },
  routerThrottles: {
    id: 'Throttles',
    heading: 'Router throttled',
    severity: PAGE,
    meansDown: true,
    threshold: 10,
    period,
    metric: (metrics) => metrics.ofFunction('Throttles', 'Sum'),
    symptom: 'Lambda turns requests away before the router sees them.',
    causes:
      "the account's limit of concurrent executions, the router's own reserved concurrency, another function that uses it up.",
    check: () => 'aws lambda get-account-settings --query AccountLimit',
  },
  routerDuration: {
    id: 'Duration',
    heading: 'Router near its timeout',
    severity: NOTICE,
    // Of the timeout, percent: above the longest deadline of a budget, which is 14 of 15 minutes.
    threshold: 95,
    period,
    metric: (metrics) => {
      const { maxDuration } = metrics.router;
      // Lambda's own limit where the timeout is not known before the deployment.
      const ms = maxDuration.isUnresolved() ? LONGEST_INVOCATION_MS : maxDuration.toMilliseconds();
      const longest = metrics.ofFunction('Duration', 'Maximum');
      return metrics.math(`100 * longest / ${ms}`, { longest }, 'Longest request, percent of the timeout');
    },
    symptom: "A request ran until just before the function's timeout, which would have cut it without a word.",
    causes: 'a deadline of a budget that is longer than the timeout allows, a client that reads very slowly.',
    check: (router) => tail(router, '{ $.durationMs > 600000 }'),
  },
} as const satisfies Record<string, AlarmDefinition>;
