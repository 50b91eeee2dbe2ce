import { METRICS, METRICS_NAMESPACE } from '../../../lib/contract';
import { createTelemetry } from '../../../lambda/gateway/telemetry/create-telemetry';
import type { Telemetry } from '../../../lambda/gateway/telemetry/telemetry';
import { takeEmfLine } from '../../alarm-model/cloudwatch/metrics/emf';
import { MetricStore } from '../../alarm-model/cloudwatch/metrics/metric-store';
import { captureLines } from '../../captured-lines';
import { VirtualClock } from '../../engine/virtual-clock';
import { attempt, request } from './records';

const MINUTE = 60_000;
const written = captureLines();
const linesOf = (): readonly string[] => written().filter((line) => line.includes('_aws'));

let clock: VirtualClock;
beforeEach(() => (clock = new VirtualClock()));
const summing = (): Telemetry => createTelemetry({ logs: false }, {}, clock, true);

/** Ninety seconds of requests, one in ten of which fails over. */
function serve(telemetry: Telemetry): void {
  for (let number = 0; number < 900; number++) {
    const isFailover = number % 10 === 0;
    const host = isFailover ? 'second' : 'first';
    if (isFailover) telemetry.observer.attempt(attempt({ outcome: 'credential' }));
    telemetry.observer.attempt(attempt({ host, attempt: isFailover ? 2 : 1 }));
    const varying = { costUsd: number / 7, tokens: number % 90, firstContentMs: 300 + (number % 17) };
    telemetry.request(request({ host, isFailover, durationMs: 1000 + (number % 40), ...varying }));
    clock.advance(100);
  }
}

/** All values that CloudWatch gets, minute by minute. */
function valuesOf(lines: readonly string[]): Record<string, number[]> {
  const store = new MetricStore();
  for (const line of lines) takeEmfLine(line, store);
  const start = new VirtualClock().now();
  const entries = Object.values(METRICS).flatMap((name) =>
    [undefined, 'first', 'second'].flatMap((Host) =>
      [0, 1, 2].map((minute) => {
        const from = start - (start % MINUTE) + minute * MINUTE;
        const dimensions = { service: 'claude-failover', ...(Host !== undefined && { Host }) };
        const values = store.values({ namespace: METRICS_NAMESPACE, name, dimensions }, from, from + MINUTE);
        return [`${name} ${Host} ${minute}`, [...values].sort((a, b) => a - b)] as const;
      }),
    ),
  );
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

it('comes to the same values in the same minutes as a line for each, in far fewer lines', () => {
  const started = clock;
  serve(createTelemetry({ logs: false }, {}, clock, false));
  const single = linesOf();
  clock = new VirtualClock();
  expect(clock.now()).toBe(started.now() - 90_000);
  const telemetry = summing();
  serve(telemetry);
  telemetry.close();
  const summed = linesOf().slice(single.length);
  expect(valuesOf(summed)).toEqual(valuesOf(single));
  expect(Object.keys(valuesOf(summed)).length).toBeGreaterThan(20);
  expect(summed.length * 50).toBeLessThan(single.length);
});

it('says of a distribution what its values come to', () => {
  const telemetry = summing();
  for (const tokens of [3, 5, 3]) telemetry.request(request({ tokens }));
  telemetry.close();
  const line = JSON.parse(linesOf()[0]!) as Record<string, unknown>;
  expect(line['Tokens']).toEqual({ Values: [3, 5], Counts: [2, 1], Max: 5, Min: 3, Count: 3, Sum: 11 });
});

it('writes when the minute is over, and nothing while nothing comes', () => {
  const telemetry = summing();
  clock.advance(10 * MINUTE);
  expect(linesOf()).toEqual([]);
  telemetry.request(request());
  expect(linesOf()).toEqual([]);
  clock.advance(MINUTE);
  expect(linesOf()).toHaveLength(2);
  clock.advance(10 * MINUTE);
  expect(linesOf()).toHaveLength(2);
});

it('leaves no timer behind when it is closed, and writes at once what still comes', () => {
  const telemetry = summing();
  telemetry.request(request());
  telemetry.close();
  expect(clock.pending).toBe(0);
  const before = linesOf().length;
  telemetry.observer.attempt(attempt({ outcome: 'timeout' }));
  expect(linesOf()).toHaveLength(before + 1);
  expect(clock.pending).toBe(0);
});
