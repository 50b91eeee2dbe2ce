import type { Sample } from '../../local/client/ask';
import { Scoreboard } from '../../local/demo/scoreboard';

let now = 0;
beforeEach(() => {
  now = 1_000_000;
});
const board = () => new Scoreboard('first', () => now);
const served = (own: Partial<Sample> = {}): Sample => ({
  at: now,
  stream: true,
  host: 'first',
  attempts: 1,
  trace: 'first:ok',
  firstMs: 10,
  totalMs: 100,
  failure: undefined,
  ...own,
});

test('requests, failures and failovers are counted; a failure is no failover', () => {
  const counted = board();
  counted.request(served());
  counted.request(served({ host: 'second' }));
  counted.request(served({ host: undefined, failure: '529 overloaded_error' }));
  expect(counted.totals).toEqual({ requests: 3, failures: 1, failovers: 1 });
  counted.reset();
  expect(counted.totals).toEqual({ requests: 0, failures: 0, failovers: 0 });
});

test('added latency is what answers took beyond the median of direct ones', () => {
  const counted = board();
  for (const ms of [80, 90, 100]) counted.direct(ms);
  for (let n = 0; n < 18; n += 1) counted.request(served({ totalMs: 95 }));
  for (let n = 0; n < 2; n += 1) counted.request(served({ totalMs: 1090 }));
  counted.request(served({ totalMs: 9999, failure: 'a failure' }));
  expect(counted.latency()).toEqual({ p50: 5, p95: 1000 });
});

test('without direct ones it is the whole time, and without answers there is none', () => {
  const counted = board();
  expect(counted.latency()).toBeUndefined();
  counted.request(served({ totalMs: 70 }));
  expect(counted.latency()).toEqual({ p50: 70, p95: 70 });
});
