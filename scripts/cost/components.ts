import { canary, metrics, prices, stack, traffic } from '../../docs/prices.json';

export const MONTH_SECONDS = 30 * 24 * 3600;
export const ROUNDS = MONTH_SECONDS / 60;
/** Of the spend, each hour, and of the keys' age, each day. */
const WATCHES = 30 * 24 + 30;

export const gb = (requests: number, kb: number): number => (requests * kb) / 1e6;
const seconds = (requests: number): number => requests * traffic.answerSeconds;
/** Environments busy at a time, on average: each reads the table and the secrets by itself. */
export const environments = (requests: number): number => seconds(requests) / MONTH_SECONDS;
/** Besides those of clients: the canary keeps one of its own warm and one of the router. */
const CANARY_ENVIRONMENTS = 2;
const polls = (requests: number, every: number): number => (environments(requests) * MONTH_SECONDS) / every;
const logs = (requests: number): number => gb(requests, traffic.routerLogKb + traffic.accessLogKb);
const traces = (requests: number): number => {
  const first = Math.min(requests, traffic.tracesPerSecond * MONTH_SECONDS);
  return first + (requests - first) * traffic.traceShareAbove;
};
const { functionsGb } = stack;
const { hostChecks, endpointChecks } = stack.canary;
const checks = hostChecks + endpointChecks;
const canaryLogs = gb(checks, canary.checkLogKb) + gb(ROUNDS, canary.roundLogKb);
const authorizerGbSeconds = (requests: number): number =>
  ((requests * traffic.authorizerMs) / 1000) * functionsGb['Auth/KeyAuthorizer'];
/** Sets of dimension values, over all metrics. */
export const metricCount = (when: 'idle' | 'traffic'): number =>
  Object.values(metrics).reduce((sum, metric) => sum + metric[when], 0);

type Price = keyof typeof prices;
/** How much of what has a price, by requests a month. */
export type Use = readonly [price: Price, amount: (requests: number) => number];

export type Component = readonly [name: string, uses: readonly Use[]];

/** What the stack is made of, and what each part of it uses. */
export const COMPONENTS: readonly Component[] = [
  ['API Gateway', [['apiRequest', (requests) => requests]]],
  [
    'Router: Lambda',
    [
      ['lambdaRequest', (requests) => requests],
      ['lambdaGbSecond', (requests) => seconds(requests) * functionsGb.Router],
    ],
  ],
  [
    'Authorizer: Lambda',
    [
      ['lambdaRequest', (requests) => requests],
      ['lambdaGbSecond', authorizerGbSeconds],
    ],
  ],
  ['Data out: answers to clients', [['transferOutGb', (requests) => gb(requests, traffic.answerKb)]]],
  ['Data out: requests to hosts', [['transferOutGb', (requests) => gb(requests, traffic.requestKb)]]],
  [
    'Logs',
    [
      ['logGb', logs],
      ['logStorageGb', (requests) => logs(requests) * traffic.logMonthsKept],
    ],
  ],
  ['Custom metrics', [['customMetric', (requests) => metricCount(requests > 0 ? 'traffic' : 'idle')]]],
  [
    'Alarms',
    [
      ['alarmMetric', () => stack.alarmMetrics],
      ['compositeAlarm', () => stack.compositeAlarms],
    ],
  ],
  ['Traces', [['trace', traces]]],
  [
    'Secrets',
    [
      ['secret', () => stack.secrets],
      [
        'secretCall',
        (requests) =>
          stack.secrets *
          (polls(requests, traffic.secondsBetweenSecretReads) +
            (CANARY_ENVIRONMENTS * MONTH_SECONDS) / traffic.secondsBetweenSecretReads),
      ],
    ],
  ],
  ['Health table', [['tableRead', (requests) => polls(requests, traffic.secondsBetweenTableReads) / 2]]],
  [
    'Canary: schedule and Lambda',
    [
      ['scheduled', () => ROUNDS],
      ['lambdaRequest', () => ROUNDS],
      ['lambdaGbSecond', () => ROUNDS * canary.roundSeconds * functionsGb.Canary],
      ['transferOutGb', () => gb(checks, canary.checkKb)],
    ],
  ],
  [
    'Canary: calls of the endpoint',
    [
      ['apiRequest', () => endpointChecks],
      ['lambdaRequest', () => 2 * endpointChecks],
      [
        'lambdaGbSecond',
        () => endpointChecks * canary.endpointSeconds * functionsGb.Router + authorizerGbSeconds(endpointChecks),
      ],
      ['transferOutGb', () => gb(endpointChecks, canary.checkKb)],
      ['trace', () => endpointChecks],
      ['tableRead', () => endpointChecks / 2],
      ['logGb', () => logs(endpointChecks)],
      ['logStorageGb', () => logs(endpointChecks) * traffic.logMonthsKept],
    ],
  ],
  [
    'Canary: health table',
    [
      ['tableWrite', () => checks + ROUNDS],
      ['tableRead', () => ROUNDS * canary.tableReadsPerRound],
    ],
  ],
  [
    'Canary: logs',
    [
      ['logGb', () => canaryLogs],
      ['logStorageGb', () => canaryLogs * traffic.logMonthsKept],
    ],
  ],
  [
    'Watch of spend and keys',
    [
      ['lambdaRequest', () => WATCHES],
      ['lambdaGbSecond', () => WATCHES * canary.watchSeconds * functionsGb.KeyReminder],
      ['metricRead', () => 30 * 24],
      ['trace', () => WATCHES],
    ],
  ],
];

export function monthlyUsd(uses: readonly Use[], requests: number): number {
  return uses.reduce((sum, [price, amount]) => sum + (amount(requests) * prices[price].usd) / prices[price].per, 0);
}
