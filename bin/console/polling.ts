import { USD } from './prices';

/** How often an open page has each thing read anew, in milliseconds, and what that costs. */
export interface Polling {
  readonly tableMs: number;
  readonly reportMs: number;
  readonly canaryMs: number;
  readonly alarmsMs: number;
  readonly metricsMs: number;
  /** Of Logs Insights, for the reasons of failures that happen now. */
  readonly reasonsHourUsd: number;
  readonly hourUsd: number;
}

/** Of a page that is open, whatever it looks at. */
export const HOUR_USD = 0.05;
/** So that a page which looks a moment early does not cost more. */
const PLANNED = 0.9;
const HOUR_MS = 3_600_000;
/** At the fastest: alarms and metrics are by the minute, the rest is as fast as routers tell. */
const FASTEST = {
  tableMs: [5_000, USD.tableQuery],
  reportMs: [15_000, USD.report],
  canaryMs: [60_000, USD.tableQuery],
  alarmsMs: [30_000, USD.cloudWatchCall],
} as const satisfies Partial<Record<keyof Polling, readonly [everyMs: number, usd: number]>>;
const METRICS_MS = 60_000;
const REASONS_HOUR_USD = 0.01;

const hourly = (everyMs: number, usd: number): number => (HOUR_MS / everyMs) * usd;

/** Everything at its fastest where the budget allows it, and else as often as it does: gateways and hosts are paid for each. */
export function pollingOf(metrics: number, gateways: number): Polling {
  const budget = (HOUR_USD * PLANNED) / gateways;
  const small = Object.values(FASTEST).reduce((sum, [everyMs, usd]) => sum + hourly(everyMs, usd), 0);
  const slower = Math.max(1, small / (budget / 3));
  const every = (name: keyof typeof FASTEST): number => FASTEST[name][0] * slower;
  const reasonsHourUsd = Math.min(REASONS_HOUR_USD, budget / 5);
  const rest = budget - small / slower - reasonsHourUsd;
  const metricsMs = Math.max(METRICS_MS, (HOUR_MS * metrics * USD.metric) / rest);
  return {
    tableMs: every('tableMs'),
    reportMs: every('reportMs'),
    canaryMs: every('canaryMs'),
    alarmsMs: every('alarmsMs'),
    metricsMs,
    reasonsHourUsd,
    hourUsd: small / slower + hourly(metricsMs, metrics * USD.metric) + reasonsHourUsd,
  };
}
