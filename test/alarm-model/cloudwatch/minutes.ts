import { MetricStore, type MetricId } from './metrics/metric-store';
import { MINUTE_MS } from './replay';

/** The beginning of an hour. */
export const START = 1_699_999_200_000;

/** A store with the values of each minute from START on; a minute without values has no data. */
export function store(metrics: readonly (readonly [MetricId, readonly (readonly number[])[]])[]): MetricStore {
  const filled = new MetricStore();
  for (const [metric, minutes] of metrics) {
    minutes.forEach((values, minute) => filled.add(metric, START + minute * MINUTE_MS, values));
  }
  return filled;
}
