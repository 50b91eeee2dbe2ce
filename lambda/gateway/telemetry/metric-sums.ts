import type { MetricName } from '../../../lib/contract';
import type { Clock, Timer } from '../../engine/time/clock';
import type { Distribution, MetricValues } from './emf-line';
import type { MetricSink } from './metric-sink';

const MINUTE_MS = 60_000;
/** CloudWatch drops a line with a longer list. */
const MAX_VALUES = 100;

/** How often each value of a metric has come. */
type Counts = Map<number, number>;

/**
 * Metrics of a process that serves many requests, added up until the minute that CloudWatch counts by is over: lines that
 * would otherwise cost several times the request they tell of.
 */
export class MetricSums implements MetricSink {
  readonly #ofHosts = new Map<string | undefined, Map<MetricName, Counts>>();
  #since = 0;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(
    private readonly clock: Clock,
    private readonly write: (timestamp: number, host: string | undefined, values: MetricValues<Distribution>) => void,
  ) {}

  add(host: string | undefined, values: MetricValues): void {
    this.#begin();
    let metrics = this.#ofHosts.get(host);
    if (metrics === undefined) this.#ofHosts.set(host, (metrics = new Map()));
    let isFull = false;
    for (const name in values) {
      const value = values[name as MetricName];
      if (value === undefined) continue;
      let counts = metrics.get(name as MetricName);
      if (counts === undefined) metrics.set(name as MetricName, (counts = new Map()));
      counts.set(value, (counts.get(value) ?? 0) + 1);
      isFull ||= counts.size === MAX_VALUES;
    }
    if (isFull || this.#isClosed) this.#flush();
  }

  /** What still comes afterwards, of answers that were cut off, is written at once. */
  close(): void {
    this.#isClosed = true;
    this.#flush();
  }

  #begin(): void {
    if (this.#ofHosts.size > 0) return;
    this.#since = this.clock.now();
    if (!this.#isClosed) this.#timer = this.clock.timer(MINUTE_MS - (this.#since % MINUTE_MS), () => this.#flush());
  }

  #flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const [host, metrics] of this.#ofHosts) {
      const values = Object.fromEntries([...metrics].map(([name, counts]) => [name, distribution(counts)]));
      this.write(this.#since, host, values);
    }
    this.#ofHosts.clear();
  }
}

function distribution(counts: Counts): Distribution {
  const Values = [...counts.keys()];
  let Count = 0;
  let Sum = 0;
  for (const [value, count] of counts) {
    Count += count;
    Sum += value * count;
  }
  return { Values, Counts: [...counts.values()], Max: Math.max(...Values), Min: Math.min(...Values), Count, Sum };
}
