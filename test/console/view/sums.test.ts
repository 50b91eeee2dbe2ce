import { isWanted } from '../../../console/view/search';
import { bucketsOf, cacheHitsOf } from '../../../console/view/series';
import { trafficByHost, trafficOf } from '../../../console/view/traffic';
import { AT, requestLine } from './given';

const rescued = requestLine({
  endedAt: AT + 61_000,
  host: 'bedrock',
  isFailover: true,
  trace: 'anthropic:overloaded, bedrock:ok',
  costUsd: 0.5,
});
const lost = requestLine({
  endedAt: AT + 62_000,
  host: undefined,
  outcome: 'exhausted',
  trace: 'anthropic:overloaded, vertex:skipped-drained',
});
const returned = requestLine({ outcome: 'returned', trace: 'anthropic:invalid-request' });
const lines = [
  requestLine({ weight: 20, costUsd: 0.1, firstContentMs: 400, cacheHitRate: 90 }),
  requestLine({ client: 'coding', firstContentMs: 800 }),
  rescued,
  lost,
];

test('what clients felt counts each line as often as it stands for', () => {
  expect(trafficOf(lines, 5)).toEqual({
    minutes: 5,
    requests: 23,
    failed: 1,
    failovers: 1,
    costUsd: 2.5,
    firstContent: { p50: 400, p95: 800 },
  });
});

test('a host is told by its part of the answers and by its failures, not by who passed it by', () => {
  const hosts = trafficByHost(lines);
  expect(hosts.get('anthropic')).toEqual({ share: 21 / 22, failures: { overloaded: 2 } });
  expect(hosts.get('bedrock')).toEqual({ share: 1 / 22, failures: {} });
  expect(hosts.get('vertex')).toBeUndefined();
});

test("a request that was the client's own mistake is no failure of the gateway", () => {
  expect(trafficOf([returned], 5).failed).toBe(0);
});

test('a while is cut into steps, and those in which nothing happened are there as well', () => {
  const buckets = bucketsOf(lines, AT, AT + 180_000, 60_000);
  expect(buckets.map(({ at, requests, failed }) => [(at - AT) / 60_000, requests, failed])).toEqual([
    [0, 21, 0],
    [1, 2, 1],
    [2, 0, 0],
  ]);
  expect(buckets[1]).toMatchObject({
    answers: { bedrock: 1 },
    reasons: { 'anthropic:overloaded': 2, 'vertex:skipped-drained': 1 },
  });
  expect(cacheHitsOf(lines, AT, AT + 180_000, 60_000)).toEqual([90, 0, 0]);
});

test.each([
  ['a team', { client: 'coding' }, 1],
  ['a host that was asked and failed', { host: 'anthropic' }, 4],
  ['a host that was passed by', { host: 'vertex' }, 0],
  ['an outcome', { outcome: 'exhausted' }, 1],
  ['trouble', { isTroubled: true }, 2],
  ['a time', { to: AT + 1 }, 2],
])('requests are found by %s', (_, own, count) => {
  const wanted = { from: AT, to: AT + 180_000, ...own };
  expect(lines.filter((line) => isWanted(line, wanted))).toHaveLength(count);
});
