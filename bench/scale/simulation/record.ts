import type { TokenCounts } from '../../trace/trace';
import { SECOND_TICKS } from './ticks';

/** Who refused a request. `quota`: every host of the chain. */
export type RefusedBy = 'gateway' | 'lambda' | 'quota';

/** What an hour came to. Arrays have an entry a second. */
export interface HourRecord {
  readonly requests: Float64Array;
  /** Most environments at a time. */
  readonly concurrency: Float64Array;
  /** New environments. */
  readonly started: Float64Array;
  /** Reads of the health table, in the second in which their request began. */
  readonly reads: Float64Array;
  /** Tokens of requests, when they begin, and of answers, when they end. */
  readonly input: Float64Array;
  readonly output: Float64Array;
  readonly ends: Float64Array;
  readonly servedBy: readonly number[];
  readonly refusals: Readonly<{ [refusal in RefusedBy]: number }>;
  /** Environment seconds that were used, by all requests that got one. */
  readonly busySeconds: number;
  /** The same, over the ticks of the hour. */
  readonly meanConcurrency: number;

  second(second: number): void;
  arrived(): void;
  refused(by: RefusedBy): void;
  served(host: number): void;
  read(): void;
  began(isNew: boolean, ticks: number, tokens: TokenCounts): void;
  ended(tokens: TokenCounts | undefined): void;
  busy(environments: number): void;
}

/** Writes down what happens from second 0 on. */
export function createRecord(seconds: number, hosts: number): HourRecord {
  const array = (): Float64Array => new Float64Array(seconds);
  const [requests, concurrency, started, reads] = [array(), array(), array(), array()];
  const [input, output, ends] = [array(), array(), array()];
  const servedBy = new Array<number>(hosts).fill(0);
  const refusals = { gateway: 0, lambda: 0, quota: 0 };
  let now = -1;
  let busyTicks = 0;
  let ticks = 0;
  return {
    requests,
    concurrency,
    started,
    reads,
    input,
    output,
    ends,
    servedBy,
    refusals,
    get busySeconds() {
      return busyTicks / SECOND_TICKS;
    },
    get meanConcurrency() {
      return ticks / (seconds * SECOND_TICKS);
    },
    second: (second) => void (now = second),
    arrived: () => void (now >= 0 && (requests[now]! += 1)),
    refused: (by) => void (now >= 0 && (refusals[by] += 1)),
    served: (host) => void (now >= 0 && (servedBy[host]! += 1)),
    read: () => void (now >= 0 && (reads[now]! += 1)),
    began(isNew, duration, { context }) {
      if (now < 0) return;
      if (isNew) started[now]! += 1;
      busyTicks += duration;
      input[now]! += context;
    },
    ended(tokens) {
      if (now < 0) return;
      ends[now]! += 1;
      output[now]! += tokens?.generated ?? 0;
    },
    busy(environments) {
      if (now < 0) return;
      ticks += environments;
      concurrency[now] = Math.max(concurrency[now]!, environments);
    },
  };
}
