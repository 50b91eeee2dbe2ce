import type { ClientConfig } from '../../../lib/contract';
import type { CounterStore } from '../../../lambda/gateway/limits/counter-store';
import { type GatewayError } from '../../../lambda/gateway/gateway-error';
import { Limiter } from '../../../lambda/gateway/limits/limiter';
import { SharedCounts } from '../../../lambda/gateway/limits/shared-counts';

const START = Date.parse('2026-11-28T10:00:00Z');
let now = START;
let store: CounterStore & { isDown: boolean };
let problems: string[];
beforeEach(() => {
  now = START;
  problems = [];
  store = counters();
});

function counters(): typeof store {
  const kept = new Map<string, { requests: number; processes: number }>();
  const of = (name: string) => kept.get(name) ?? { requests: 0, processes: 0 };
  const use = async <T>(work: () => T): Promise<T> => {
    if (store.isDown) throw new Error('no table');
    return work();
  };
  return {
    isDown: false,
    add: (name, { requests, processes }) =>
      use(() => {
        const before = of(name);
        kept.set(name, { requests: before.requests + requests, processes: before.processes + processes });
        return of(name);
      }),
    read: (name) => use(() => of(name)),
  };
}

function processes(count: number, limits: ClientConfig['limits']): Limiter[] {
  const counts = () =>
    new SharedCounts(
      () => Promise.resolve(store),
      (problem) => problems.push(problem),
    );
  return Array.from({ length: count }, () => new Limiter([{ name: 'web', limits: limits! }], counts(), now));
}

function admits(limiter: Limiter): boolean {
  try {
    limiter.admit('web', now);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ status: 429 });
    return false;
  }
}

/** Requests a second at each process, for so long; how many were let through. The store answers within a step. */
async function drive(limiters: readonly Limiter[], rates: readonly number[], seconds: number): Promise<number> {
  let through = 0;
  const due = rates.map(() => 0);
  for (let step = 0; step < seconds * 20; step += 1) {
    now += 50;
    for (const [index, limiter] of limiters.entries()) {
      due[index] = due[index]! + rates[index]! / 20;
      for (; due[index]! >= 1; due[index] = due[index]! - 1) if (admits(limiter)) through += 1;
    }
    await new Promise(setImmediate);
  }
  return through;
}

const within = (value: number, wanted: number, part: number): void => {
  expect(value).toBeGreaterThanOrEqual(wanted * (1 - part));
  expect(value).toBeLessThanOrEqual(wanted * (1 + part));
};

describe('a rate that four processes share', () => {
  it.each([
    ['alike', [100, 100, 100, 100]],
    ['by one of them for the most part', [300, 10, 10, 80]],
    ['by one of them alone', [400, 0, 0, 0]],
  ])('is kept within a tenth when it is used %s', async (_, rates) => {
    const limiters = processes(4, { rate: 40, burst: 40 });
    // The first seconds are everybody's own.
    await drive(limiters, rates, 12);
    within(await drive(limiters, rates, 60), 40 * 60, 0.1);
  });

  it('leaves all alone who send less', async () => {
    const limiters = processes(4, { rate: 40 });
    await drive(limiters, [20, 5, 5, 5], 12);
    expect(await drive(limiters, [20, 5, 5, 5], 60)).toBe(35 * 60);
  });

  it('goes to those that are left when the others stop', async () => {
    const limiters = processes(4, { rate: 40 });
    await drive(limiters, [100, 100, 100, 100], 30);
    await drive(limiters, [100, 0, 0, 0], 15);
    within(await drive(limiters, [100, 0, 0, 0], 60), 40 * 60, 0.1);
  });

  it('is each one’s own while the table is down, and somebody is told', async () => {
    const limiters = processes(2, { rate: 10, burst: 1 });
    await drive(limiters, [50, 50], 20);
    store.isDown = true;
    await drive(limiters, [50, 50], 80);
    within(await drive(limiters, [50, 50], 30), 2 * 10 * 30, 0.1);
    expect(problems[0]).toMatch(/^limits of clients: /);
    store.isDown = false;
    await drive(limiters, [50, 50], 15);
    within(await drive(limiters, [50, 50], 60), 10 * 60, 0.1);
  });
});

describe('a quota that processes share', () => {
  const quota = { limit: 500, period: 'day' } as const;

  it('is used up together, and is there again the next day', async () => {
    const limiters = processes(3, { quota });
    const through = await drive(limiters, [10, 10, 10], 60);
    expect(through).toBeGreaterThanOrEqual(500);
    // What each lets through before it hears of the others.
    expect(through).toBeLessThanOrEqual(500 + 2 * 10 * 6);
    now = Date.parse('2026-11-29T00:00:01Z');
    expect(await drive(limiters, [10, 10, 10], 1)).toBe(30);
  });

  it('is known to a process that starts later', async () => {
    await drive(processes(1, { quota }), [100], 10);
    const [late] = processes(1, { quota });
    admits(late!);
    await new Promise(setImmediate);
    expect(admits(late!)).toBe(false);
  });

  it('says when it is there again, and that trying before is of no use', async () => {
    const [limiter] = processes(1, { quota: { limit: 1, period: 'day' } });
    admits(limiter!);
    expect(() => limiter!.admit('web', now)).toThrow(
      expect.objectContaining<Partial<GatewayError>>({
        message: "this client's 1 requests a day are used up; try again in 50400 s",
        headers: {
          'retry-after': '50400',
          'x-should-retry': 'false',
          'anthropic-ratelimit-requests-limit': '1',
          'anthropic-ratelimit-requests-remaining': '0',
          'anthropic-ratelimit-requests-reset': '2026-11-29T00:00:00Z',
        },
      }),
    );
  });
});
