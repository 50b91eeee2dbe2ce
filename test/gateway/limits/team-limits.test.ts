import fc from 'fast-check';
import type { ClientLimits } from '../../../lib/contract';
import type { Amounts, LedgerStore } from '../../../lambda/gateway/limits/team/ledger-store';
import type { Full } from '../../../lambda/gateway/limits/refused';
import { type Entry, TeamLimits } from '../../../lambda/gateway/limits/team/team-limits';
import { VirtualClock } from '../../engine/virtual-clock';

let clock: VirtualClock;
let table: Record<string, number>;
let problems: string[];
let isDown: boolean;
let writes: number;
beforeEach(() => {
  clock = new VirtualClock();
  table = {};
  problems = [];
  isDown = false;
  writes = 0;
});

/** One item, changed in one step, as the real table does it. */
const store: LedgerStore = {
  add: async (_team, amounts, over): Promise<Amounts> => {
    await Promise.resolve();
    if (isDown) throw new Error('no table');
    writes += 1;
    table = Object.fromEntries(Object.entries(table).filter(([name]) => !over.includes(name)));
    for (const [name, amount] of Object.entries(amounts)) table[name] = (table[name] ?? 0) + amount;
    return { ...table };
  },
};
const team = (limits: ClientLimits, isShared = true, time = clock): TeamLimits =>
  new TeamLimits(
    'web',
    limits,
    time,
    isShared
      ? { open: () => Promise.resolve(store), alone: (problem) => void problems.push(problem), gatherMs: 0 }
      : undefined,
  );
const isIn = (entered: Entry | Full): entered is Entry => 'leave' in entered;
const enter = async (limits: TeamLimits, bytes = 0, most = 0): Promise<Entry> => {
  const entered = await limits.enter(bytes, most);
  if (!isIn(entered)) throw new Error(entered.why);
  return entered;
};
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe.each([
  ['of one process alone', false],
  ['of processes that share a table', true],
])('a team %s', (_which, isShared) => {
  it('has no more requests under way than it may, and a place for each that ends', async () => {
    const limits = team({ concurrent: 2 }, isShared);
    const first = await enter(limits);
    await enter(limits);
    expect(await limits.enter(0, 0)).toEqual({ why: 'this client may have 2 requests at a time', waitMs: 1000 });
    first.leave();
    await enter(limits);
  });

  it('has so many requests in any minute', async () => {
    const limits = team({ requestsPerMinute: 2 }, isShared);
    (await enter(limits)).leave();
    clock.advance(30_000);
    (await enter(limits)).leave();
    expect(await limits.enter(0, 0)).toEqual({
      why: 'this client may send 2 requests a minute',
      waitMs: expect.any(Number),
    });
    clock.advance(35_000);
    await enter(limits);
    expect(isIn(await limits.enter(0, 0))).toBe(false);
  });

  it('has what hosts have counted held against its tokens, in place of the estimate', async () => {
    const limits = team({ tokensPerMinute: 1000 }, isShared);
    (await enter(limits, 100, 1000)).leave({ input: 40, output: 60 });
    await turns();
    expect(limits.headers).toMatchObject({
      'anthropic-ratelimit-tokens-limit': '1000',
      'anthropic-ratelimit-tokens-remaining': '900',
      'anthropic-ratelimit-output-tokens-remaining': '900',
    });
    (await enter(limits, 100, 1000)).leave({ input: 900, output: 100 });
    expect(await limits.enter(100, 1000)).toMatchObject({ why: 'this client may use 1000 tokens a minute' });
    expect(limits.headers['anthropic-ratelimit-input-tokens-remaining']).toBe('0');
    clock.advance(65_000);
    await enter(limits, 100, 1000);
  });

  it('pays nothing for what no host has answered', async () => {
    const limits = team({ tokensPerMinute: 1000 }, isShared);
    (await enter(limits, 1000, 1000)).leave();
    await turns();
    expect(limits.headers['anthropic-ratelimit-tokens-remaining']).toBe('1000');
  });

  it('is let through with a request that is larger than its minute, when nothing else is under way', async () => {
    await enter(team({ tokensPerMinute: 1000 }, isShared), 1e6, 1e6);
  });
});

describe('processes that share a table', () => {
  it('do not wait for it while they are far from a limit', async () => {
    const limits = team({ concurrent: 10 });
    await enter(limits);
    await turns();
    let isThere = false;
    isDown = true;
    void limits.enter(0, 0).then(() => (isThere = true));
    await Promise.resolve();
    await Promise.resolve();
    expect(isThere).toBe(true);
  });

  it('have together no more under way than the team may', async () => {
    const limits = Array.from({ length: 5 }, () => team({ concurrent: 7 }));
    const entered = await Promise.all(limits.flatMap((each) => [each.enter(0, 0), each.enter(0, 0), each.enter(0, 0)]));
    expect(entered.filter(isIn).length).toBeLessThanOrEqual(7);
    expect(entered.filter(isIn).length).toBeGreaterThanOrEqual(6);
  });

  it('have back what one held that died', async () => {
    // Nothing happens in it any more.
    const dead = team({ concurrent: 2 }, true, new VirtualClock());
    await enter(dead);
    await enter(dead);
    const other = team({ concurrent: 2 });
    expect(isIn(await other.enter(0, 0))).toBe(false);
    clock.advance(61_000);
    await enter(other);
  });

  it('keep what one holds for long', async () => {
    const long = team({ concurrent: 1 });
    await enter(long);
    for (let step = 0; step < 30; step += 1) {
      clock.advance(10_000);
      await turns();
      expect(isIn(await team({ concurrent: 1 }).enter(0, 0))).toBe(false);
    }
  });

  it('go each by what it knows while the table is down, and somebody is told', async () => {
    const limits = team({ concurrent: 1 });
    isDown = true;
    const entry = await enter(limits);
    expect(problems).toEqual(['limits of clients: no table']);
    expect(isIn(await limits.enter(0, 0))).toBe(false);
    entry.leave();
    await enter(limits);
    isDown = false;
    clock.advance(6000);
    expect(isIn(await limits.enter(0, 0))).toBe(false);
    expect(isIn(await team({ concurrent: 1 }).enter(0, 0))).toBe(false);
  });

  it('leave nothing behind, whatever comes and ends in whatever order', async () => {
    const limits: ClientLimits = { concurrent: 6, tokensPerMinute: 10_000, requestsPerMinute: 1000 };
    const step = fc.record({
      process: fc.nat(3),
      ends: fc.boolean(),
      tokens: fc.nat(800),
      ms: fc.nat(3000),
      isDown: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        table = {};
        clock = new VirtualClock();
        const all = Array.from({ length: 4 }, () => team(limits));
        const under: Entry[][] = all.map(() => []);
        for (const { process, ends, tokens, ms, isDown: down } of steps) {
          isDown = down && ms % 7 === 0;
          clock.advance(ms);
          await turns();
          const entry = ends ? under[process]!.shift() : undefined;
          if (entry) entry.leave({ input: tokens, output: 1 });
          else {
            const entered = await all[process]!.enter(tokens, tokens);
            if (isIn(entered)) under[process]!.push(entered);
          }
          // Each for itself where the table fails, and together else.
          for (const each of under) expect(each.length).toBeLessThanOrEqual(6);
        }
        isDown = false;
        for (const entry of under.flat()) entry.leave();
        clock.advance(6000);
        for (const each of all) await each.settle();
        clock.advance(70_000);
        const fresh = team(limits);
        for (let index = 0; index < 6; index += 1) await enter(fresh, 10, 10);
        expect(isIn(await fresh.enter(0, 0))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('tell the table of many requests at once', async () => {
    const limits = team({ requestsPerMinute: 100_000 });
    await Promise.all(Array.from({ length: 500 }, async () => (await enter(limits)).leave()));
    await turns();
    expect(writes).toBeLessThan(10);
    expect(Object.values(table).reduce((sum, amount) => sum + amount, 0)).toBe(500);
  });
});
