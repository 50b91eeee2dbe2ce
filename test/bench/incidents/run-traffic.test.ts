import { RouterFleet } from '../../../local/virtual/router-fleet';
import { figuresOf } from '../../../bench/incidents/figures';
import type { Figures } from '../../../bench/incidents/figure-names';
import { naive } from '../../../bench/incidents/policies/naive';
import type { Policy } from '../../../bench/incidents/policies/policy';
import { fargate, lambda, webFunction } from '../../../bench/incidents/policies/router';
import { runRow } from '../../../bench/incidents/run-row';
import { runTraffic, type TrafficRun } from '../../../bench/incidents/run-traffic';
import { ALONE, routerConfig } from '../../../bench/incidents/world/chain';
import type { LedgerEntry } from '../../../bench/incidents/world/ledger';
import { always, error } from '../../../bench/incidents/world/script';

const MINUTES = 0.5;

async function figures(incident: TrafficRun['incident'], policy: Policy = naive): Promise<Figures> {
  const traffic = { policy, minutes: MINUTES, incident };
  return figuresOf(await runTraffic(traffic), traffic);
}

const DOWN = {
  anthropic: always({ kind: 'refused' }),
  'bedrock-a': always(error('server-error')),
  'bedrock-b': always(error('unavailable')),
} as const;

it('sends 24 requests a second, and a sound primary serves each at the first attempt', async () => {
  const { requests, ...rest } = await figures({ hosts: {} });
  expect(requests / (60 * MINUTES)).toBeGreaterThan(22);
  expect(requests / (60 * MINUTES)).toBeLessThan(26);
  expect(rest).toMatchObject({ failed: 0, left: 0, leftSound: 0, attempts: 1, tokensLost: 0, cachesLost: 0 });
  expect(rest).not.toHaveProperty('leftAfter');
});

it('counts what the naive policy does behind three hosts that are down: two attempts each, and one more', async () => {
  expect(await figures({ hosts: DOWN })).toMatchObject({
    failed: 0,
    left: 1,
    leftSound: 0,
    attempts: 7,
    tokensLost: 0,
    cachesLost: 0,
  });
});

it('counts what the naive policy does when every host is down: everything fails, after two attempts a host', async () => {
  const { requests, failed, attemptsPerHost } = await figures({ hosts: { ...DOWN, vertex: DOWN.anthropic } });
  expect({ failed, attemptsPerHost }).toEqual({ failed: requests, attemptsPerHost: 2 });
});

it('counts the tokens of streams that break: the prompt, and what had been generated', async () => {
  const traffic: TrafficRun = {
    policy: naive,
    minutes: MINUTES,
    incident: { hosts: { anthropic: always({ kind: 'cut', afterTokens: 40 }) } },
  };
  const records = await runTraffic(traffic);
  const attempts = records.flatMap((record) => record.attempts);
  expect(attempts.every(({ input, output, whole }) => input > 0 && output <= 40 && !whole)).toBe(true);
  expect(figuresOf(records, traffic)).toMatchObject({
    failed: records.length,
    tokensLost: attempts.reduce((sum, { input, output }) => sum + input + output, 0),
  });
});

it('lets a host take no more than its quota', async () => {
  const { served, failed, requests } = await figures({
    chain: ['bedrock-a', 'bedrock-b'],
    span: [0.1, 1],
    hosts: { 'bedrock-a': DOWN['bedrock-a'] },
    quotas: { 'bedrock-b': 0.5 },
  });
  expect(failed / requests).toBeGreaterThan(0.35);
  // A full bucket at the beginning, which a short run notices.
  expect(served).toBeLessThan(1.1);
  expect(served).toBeGreaterThan(0.9);
});

it.each(['serve', 'lambda', 'webFunction', 'fargate'] as const)(
  'comes to the same figures every time, through the router as %s',
  async (policy) => {
    const first = await runRow('overloaded-10', policy, MINUTES);
    expect(first.figures.attempts).toBeGreaterThan(1);
    expect(await runRow('overloaded-10', policy, MINUTES)).toEqual(first);
  },
);

it('gives each process of Lambda one request at a time', async () => {
  const records = await runTraffic({ policy: lambda, minutes: MINUTES, incident: { hosts: {} } });
  const processes = Map.groupBy(records, ({ process }) => process);
  // Of some 64 that are under way at a time, and more now and then.
  expect(processes.size).toBeGreaterThan(40);
  expect(processes.size).toBeLessThan(200);
  for (const [first, ...later] of processes.values()) {
    later.reduce((before, record) => {
      expect(record.at).toBeGreaterThanOrEqual(before.endedAt);
      return record;
    }, first!);
  }
});

/** The most requests that each process had at a time. */
const together = (records: readonly LedgerEntry[]): number[] =>
  [...Map.groupBy(records, ({ process }) => process).values()].map((all) =>
    Math.max(...all.map(({ at }) => all.filter((other) => other.at <= at && other.endedAt > at).length)),
  );

it('gives an environment of a Web Function 64 requests at a time, and the next to another', async () => {
  const slow = { anthropic: always({ kind: 'slow', factor: 3 }) } as const;
  const most = together(await runTraffic({ policy: webFunction, minutes: MINUTES, incident: { hosts: slow } }));
  expect(most.length).toBeGreaterThan(1);
  expect(most[0]).toBe(64);
  expect(Math.max(...most)).toBe(64);
});

it('spreads what comes over two tasks, however much it is', async () => {
  const slow = { anthropic: always({ kind: 'slow', factor: 6 }) } as const;
  const records = await runTraffic({ policy: fargate, minutes: MINUTES, incident: { hosts: slow } });
  const [one = 0, other = 0, ...none] = together(records);
  expect(none).toEqual([]);
  expect(one + other).toBeGreaterThan(128);
  expect(Math.abs(one - other)).toBeLessThanOrEqual(2);
});

it('lets the routers of Lambda learn of an outage from each other, by the table', async () => {
  const alone: Policy = (world) => {
    const fleet = new RouterFleet(routerConfig(world.chain, 'listed'), ALONE, world);
    return async (request, signal) => ({ ...(await fleet.handle(request, undefined, signal)), process: 0 });
  };
  const asked = async (policy: Policy): Promise<number> => {
    const records = await runTraffic({ policy, minutes: 1, incident: { hosts: { anthropic: DOWN.anthropic } } });
    return records.filter(({ attempts }) => attempts[0]!.host === 'anthropic').length;
  };
  expect(await asked(lambda)).toBeLessThan(await asked(alone));
});
