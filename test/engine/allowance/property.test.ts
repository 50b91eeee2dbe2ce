import fc from 'fast-check';
import { VirtualClock } from '../virtual-clock';
import { pass, SpendingProcess } from './processes';
import { type Luck, UnreliableStore } from './unreliable-store';

const LIMIT = 10_000;

const luck = (bad: readonly Luck[]) =>
  fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Luck>('well') },
      { weight: 4, arbitrary: fc.constantFrom<Luck>('well', ...bad) },
    ),
    ms: fc.constantFrom(2, 10, 40),
  });
const request = fc.record({
  kind: fc.constant('request' as const),
  process: fc.nat(4),
  amount: fc.integer({ min: 0, max: 3000 }),
  /** Of what was held, in percent. */
  part: fc.integer({ min: 0, max: 100 }),
  lastsMs: fc.constantFrom(0, 20, 200),
});
const crash = fc.record({ kind: fc.constant('crash' as const), process: fc.nat(4) });
const wait = fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 5, 50, 400) });
const days = (bad: readonly Luck[]) =>
  fc.record({
    acts: fc.array(
      fc.oneof({ weight: 8, arbitrary: request }, { weight: 1, arbitrary: crash }, { weight: 4, arbitrary: wait }),
      {
        minLength: 5,
        maxLength: 60,
      },
    ),
    fortunes: fc.array(luck(bad), { minLength: 1, maxLength: 60 }),
    skews: fc.array(fc.constantFrom(0, -30_000, 30_000, -3_000, 250_000), { minLength: 5, maxLength: 5 }),
  });

interface Day {
  readonly clock: VirtualClock;
  readonly store: UnreliableStore;
  readonly processes: readonly SpendingProcess[];
  /** What the living have settled, and the dead, of whom nobody knows how much of it they had written. */
  living: number;
  dead: number;
}

async function live({
  acts,
  fortunes,
  skews,
}: ReturnType<typeof days> extends fc.Arbitrary<infer Given> ? Given : never): Promise<Day> {
  const clock = new VirtualClock();
  let call = 0;
  const store = new UnreliableStore(clock, () =>
    call < 0 ? { kind: 'well', ms: 2 } : fortunes[call++ % fortunes.length]!,
  );
  let made = 0;
  const create = (place: number): SpendingProcess =>
    new SpendingProcess(`p${(made += 1)}`, store, clock, skews[place]!, place / 5);
  const processes = skews.map((_, place) => create(place));
  const day = { clock, store, processes, living: 0, dead: 0 };
  const running: Promise<unknown>[] = [];
  for (const act of acts) {
    if (act.kind === 'wait') await pass(clock, act.ms);
    else if (act.kind === 'crash') {
      const process = processes[act.process]!;
      process.isDead = true;
      day.dead += process.settled;
      processes[act.process] = create(act.process);
    } else {
      const { amount, part, lastsMs } = act;
      const over = new Promise<void>((resolve) => void clock.timer(lastsMs, resolve));
      running.push(processes[act.process]!.spend(amount, LIMIT, Math.floor((amount * part) / 100), over));
    }
  }
  // The table is well again, and every process has a request more: what was not written yet is.
  call = -Infinity;
  for (let turn = 0; turn < 3; turn += 1) {
    await pass(clock, 2000, 20);
    for (const process of processes) void process.allowance.flushed();
  }
  await pass(clock, 500, 10);
  day.living = processes.reduce((sum, { settled }) => sum + settled, 0);
  return day;
}

const held = ({ store }: Day): number => store.of('item 0').used - store.of('item 0').spent;
const RUNS = { numRuns: 150 };

describe('what many processes spend together, by one limit', () => {
  it('is never below zero, never over the limit, and counted once, however the table answers', async () => {
    await fc.assert(
      fc.asyncProperty(days(['lost', 'unheard', 'late']), async (given) => {
        const day = await live(given);
        const { spent } = day.store.of('item 0');
        expect(day.store.lowest).toBe(0);
        expect(day.store.isTorn).toBe(false);
        expect(day.store.highestUsed).toBeLessThanOrEqual(LIMIT);
        expect(spent).toBeGreaterThanOrEqual(day.living);
        expect(spent).toBeLessThanOrEqual(day.living + day.dead);
        if (day.dead === 0) expect(spent).toBe(day.living);
      }),
      RUNS,
    );
  });

  it('leaves nothing held behind, of the living nor of the dead: whoever has room is let in', async () => {
    await fc.assert(
      fc.asyncProperty(days(['lost', 'unheard', 'late']), async (given) => {
        const day = await live(given);
        // Longer than any request, and longer than clocks are apart.
        day.clock.advance(40 * 60_000);
        const [any] = day.processes;
        const ask = async (amount: number): Promise<string> => {
          const asked = any!.spend(amount, LIMIT, 0, Promise.resolve());
          await pass(day.clock, 300, 10);
          return asked;
        };
        await ask(0);
        day.clock.advance(15_000);
        await ask(0);
        expect(held(day)).toBe(0);
        expect(await ask(LIMIT - day.store.of('item 0').spent)).toBe('granted');
      }),
      RUNS,
    );
  });
});
