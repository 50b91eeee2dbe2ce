import { metrics, prices, stack, traffic } from '../../docs/prices.json';
import { METRICS } from '../../lib/contract';
import { costUsd } from '../../lib/catalog/prices';
import { assumed, MODEL } from './assumptions';
import type { HourRecord } from './simulation/record';
import { total } from './windows';

type Price = keyof typeof prices;

const MONTH_SECONDS = 30 * 24 * 3600;

/** USD a month, if every hour were like the simulated one. */
export interface Month {
  readonly aws: number;
  /** Of it, the router's time. */
  readonly lambda: number;
  /** Of a host that charges the list price. */
  readonly tokens: number;
  readonly logGigabytes: number;
}

export function monthOf(record: HourRecord, requestsPerMinute: number): Month {
  const requests = (requestsPerMinute * MONTH_SECONDS) / 60;
  const hours = requests / total(record.requests);
  const [input, output] = [total(record.input) * hours, total(record.output) * hours];
  const cost = (price: Price, amount: number): number => (amount * prices[price].usd) / prices[price].per;
  const gigabytes = (tokens: number): number => (tokens * assumed('charactersPerToken')) / 1e9;
  const logs = (requests * (traffic.routerLogKb + traffic.accessLogKb)) / 1e6;
  // Those of what is off have no datapoint, and cost nothing.
  const paid = Object.entries(METRICS).filter(([, name]) => metrics[name].traffic > 0);
  const perHost = paid.filter(([key]) => key.startsWith('host')).length;
  const count = paid.length - perHost + perHost * stack.hosts;
  const lambda = cost('lambdaGbSecond', record.busySeconds * hours * stack.functionsGb.Router);
  const aws = [
    lambda,
    cost('apiRequest', requests),
    cost('lambdaRequest', 2 * requests),
    cost('lambdaGbSecond', requests * (traffic.authorizerMs / 1000) * stack.functionsGb['Auth/KeyAuthorizer']),
    cost('transferOutGb', gigabytes(input + output)),
    cost('logGb', logs),
    cost('logStorageGb', logs * traffic.logMonthsKept),
    cost('trace', traced(requests)),
    cost('tableRead', (total(record.reads) * hours) / 2),
    cost('secret', stack.secrets),
    cost('secretCall', total(record.started) * hours * stack.secrets),
    cost('customMetric', count),
    cost('alarmMetric', stack.alarmMetrics),
  ];
  return {
    aws: aws.reduce((sum, usd) => sum + usd, 0),
    lambda,
    tokens: costUsd(MODEL, { input_tokens: input, output_tokens: output }) ?? NaN,
    logGigabytes: logs,
  };
}

function traced(requests: number): number {
  const first = Math.min(requests, traffic.tracesPerSecond * MONTH_SECONDS);
  return first + (requests - first) * traffic.traceShareAbove;
}
