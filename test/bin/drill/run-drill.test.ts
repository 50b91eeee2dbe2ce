import { measureDrill } from '../../../bin/drill/measure';
import { runDrill, type DrillDeps, type DrillPlan } from '../../../bin/drill/run-drill';
import type { Sample } from '../../../local/client/ask';
import { VirtualClock } from '../../engine/virtual-clock';

const PLAN: DrillPlan = {
  host: 'anthropic',
  model: 'claude-haiku-5-5',
  calmMs: 20_000,
  brokenMs: 60_000,
  returnMs: 120_000,
  everyMs: 1000,
};

/** Routers that hear of an override after four seconds, and let the host come back after twenty. */
function gateway(clock: VirtualClock) {
  let broken: { readonly from: number; until: number } | undefined;
  const calls: string[] = [];
  const deps: DrillDeps = {
    clock,
    ask: async () => {
      const at = clock.now();
      const isAway = broken !== undefined && at >= broken.from + 4000 && at < broken.until + 20_000;
      const host = isAway ? 'bedrock' : 'anthropic';
      const firstMs = isAway ? 300 : 200;
      return { at, stream: true, host, attempts: 1, trace: `${host}:ok`, firstMs, totalMs: 900, failure: undefined };
    },
    breakHost: async (until) => {
      broken = { from: clock.now(), until };
      calls.push(`until ${until}`);
    },
    healHost: async () => {
      if (broken) broken.until = Math.min(broken.until, clock.now());
      calls.push('healed');
    },
    tell: () => undefined,
  };
  return { deps, calls };
}

async function pass(clock: VirtualClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1000);
    await new Promise(setImmediate);
  }
}

test('a drill breaks the host for as long as was asked, and measures switch-over, latency and return', async () => {
  const clock = new VirtualClock();
  const { deps, calls } = gateway(clock);
  const running = runDrill(PLAN, deps, new AbortController().signal);
  await pass(clock, 200);
  const record = await running;
  const figures = measureDrill(record);

  expect(calls).toEqual([`until ${record.healedAt}`, 'healed']);
  expect(record.healedAt - record.brokenAt).toBe(60_000);
  expect(figures.before).toMatchObject({
    failed: 0,
    byHost: { anthropic: 20 },
    firstContentMs: { p50: 200, p95: 200 },
  });
  expect(figures.during.byHost).toEqual({ anthropic: 4, bedrock: 56 });
  expect(figures).toMatchObject({ switchOverMs: 4000, latencyShiftMs: 100, returnMs: 20_000, fullReturnMs: 20_000 });
  expect(clock.pending).toBe(0);
});

test('a drill that is stopped restores the host at once, and says that it was cut short', async () => {
  const clock = new VirtualClock();
  const { deps, calls } = gateway(clock);
  const stop = new AbortController();
  const running = runDrill(PLAN, deps, stop.signal);
  await pass(clock, 30);
  stop.abort();
  const record = await running;

  expect(calls.at(-1)).toBe('healed');
  expect(record).toMatchObject({ isCutShort: true });
  expect(record.healedAt - record.brokenAt).toBe(10_000);
  expect(clock.pending).toBe(0);
});

test('a drill that is stopped before anything is broken leaves the table alone', async () => {
  const clock = new VirtualClock();
  const { deps, calls } = gateway(clock);
  const stop = new AbortController();
  const running = runDrill(PLAN, deps, stop.signal);
  await pass(clock, 5);
  stop.abort();
  await running;
  expect(calls).toEqual([]);
});

test('a table that refuses the override ends the drill, and nothing goes on behind it', async () => {
  const clock = new VirtualClock();
  const { deps, calls } = gateway(clock);
  const running = runDrill(
    PLAN,
    { ...deps, breakHost: () => Promise.reject(new Error('denied')) },
    new AbortController().signal,
  );
  running.catch(() => undefined);
  await pass(clock, 25);
  await expect(running).rejects.toThrow('denied');
  expect(calls).toEqual(['healed']);
  expect(clock.pending).toBe(0);
});

test('failed requests are counted where they began', () => {
  const sample = (at: number, failure?: string): Sample => ({
    at,
    stream: true,
    host: failure === undefined ? 'anthropic' : undefined,
    attempts: 1,
    trace: '',
    firstMs: 100,
    totalMs: 100,
    failure,
  });
  const record = {
    host: 'anthropic',
    model: 'm',
    startedAt: 0,
    brokenAt: 100,
    healedAt: 200,
    endedAt: 300,
    isCutShort: false,
    samples: [sample(0), sample(99, '529 overloaded_error'), sample(100, '529 overloaded_error'), sample(200)],
  };
  const { before, during, after } = measureDrill(record);
  expect([before.failed, during.failed, after.failed]).toEqual([1, 1, 0]);
  expect([before.requests, during.requests, after.requests]).toEqual([2, 1, 1]);
  expect(during.firstContentMs).toBeUndefined();
});
