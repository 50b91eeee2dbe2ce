import { NotModelled, type AlarmState, type MetricAlarm } from './alarm';
import { evaluate, type Scope } from './metrics/metric-math';
import type { MetricStore } from './metrics/metric-store';
import { decide, EXTRA_PERIODS } from './missing-data';
import { isSeries, type Series, type Value } from './metrics/series';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** "An alarm is evaluated every minute"; over more than a day, "once per hour". */
export function isDue({ periodMs, evaluationPeriods }: MetricAlarm, now: number): boolean {
  return periodMs * evaluationPeriods <= DAY_MS || now % HOUR_MS === 0;
}

/** The state at the end of a minute. The window slides: five minutes end with this one, not on a multiple of five. */
export function evaluateAlarm(alarm: MetricAlarm, store: MetricStore, now: number, current: AlarmState): AlarmState {
  const range = observed(alarm, store, now).map((value) =>
    value === undefined ? 'missing' : alarm.breaches(value) ? 'breaching' : 'within',
  );
  return decide(range, alarm, current);
}

/** Every period that it judges by has data. */
export function isWindowFull(alarm: MetricAlarm, store: MetricStore, now: number): boolean {
  return observed(alarm, store, now)
    .slice(EXTRA_PERIODS)
    .every((value) => value !== undefined);
}

/** What the alarm compares, period by period, over its evaluation range. */
export function observed(alarm: MetricAlarm, store: MetricStore, now: number): Series {
  const { metrics, expressions, periodMs, returned } = alarm;
  const periods = alarm.evaluationPeriods + EXTRA_PERIODS;
  const from = now - periods * periodMs;
  const values = new Map<string, Value>(
    metrics.map(({ id, metric, statistic }) => [
      id,
      Array.from({ length: periods }, (_, at) =>
        statistic(store.values(metric, from + at * periodMs, from + (at + 1) * periodMs)),
      ),
    ]),
  );
  const open = new Set<string>();
  const scope: Scope = {
    metricIds: metrics.map(({ id }) => id),
    value(id) {
      const known = values.get(id);
      if (known !== undefined) return known;
      const expression = expressions.get(id);
      if (expression === undefined)
        throw new NotModelled(`alarm ${alarm.name}: "${id}" is no metric or expression of it`);
      if (open.has(id)) throw new NotModelled(`alarm ${alarm.name}: expression "${id}" uses itself`);
      open.add(id);
      const value = evaluate(expression, scope);
      values.set(id, value);
      return value;
    },
  };
  const value = scope.value(returned);
  if (isSeries(value)) return value;
  throw new NotModelled(`alarm ${alarm.name}: its result is not one time series`);
}
