export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

interface Points {
  readonly at: number[];
  readonly values: number[];
}

/** Every value of every metric, raw: statistics and percentiles are of these, never of sums. */
export class MetricStore {
  readonly #metrics = new Map<string, Points>();

  /** `at`: milliseconds since the epoch. */
  add(metric: MetricId, at: number, values: readonly number[]): void {
    const key = keyOf(metric);
    const points = this.#metrics.get(key) ?? { at: [], values: [] };
    this.#metrics.set(key, points);
    for (const value of values) {
      const place = firstAfter(points.at, at);
      points.at.splice(place, 0, at);
      points.values.splice(place, 0, value);
    }
  }

  /** Values in [from, to). */
  values(metric: MetricId, from: number, to: number): readonly number[] {
    const points = this.#metrics.get(keyOf(metric));
    if (points === undefined) return [];
    return points.values.slice(firstAfter(points.at, from - 1), firstAfter(points.at, to - 1));
  }
}

/** A metric is its name and its whole set of dimensions, in any order. */
function keyOf({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

/** Index of the first time later than `at`; times are whole milliseconds in ascending order. */
function firstAfter(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
