import { PassThrough } from 'node:stream';
import type { HealthEntry, RouterEntry } from '../../lib/contract';
import { Health } from '../../lambda/engine/health/health';
import { Overrides } from '../../lambda/engine/health/overrides';
import { SharedState } from '../../lambda/gateway/state/shared-state';
import { writeBody } from '../../lambda/gateway/write-body';
import type { HealthStore } from '../../lambda/gateway/state/health-store';
import { VirtualClock } from '../engine/virtual-clock';

const ENTRY: HealthEntry = {
  type: 'health',
  host: 'anthropic',
  scope: 'm',
  state: 'down',
  until: 1_700_000_060_000,
  reason: 'connection',
  at: 1_700_000_000_000,
};

/** A store whose calls end when, and as, the test says. */
function environment() {
  const clock = new VirtualClock();
  const calls: { readonly name: string; end(value?: RouterEntry[]): void; fail(text: string): void }[] = [];
  const call = <T>(name: string) =>
    new Promise<T>((resolve, reject) => {
      calls.push({ name, end: (value) => resolve((value ?? true) as T), fail: (text) => reject(new Error(text)) });
    });
  const store: HealthStore = {
    read: () => call('read'),
    write: () => call('write'),
    removeOverride: () => call('remove'),
  };
  const problems: string[] = [];
  const health = new Health(new Map([['anthropic', {}]]));
  const shared = new SharedState(async () => store, {
    health,
    overrides: new Overrides(),
    clock,
    breakers: new Map([['anthropic', {}]]),
    alone: (problem) => problems.push(problem),
  });
  return { clock, calls, shared, health, problems };
}
const turn = () => new Promise(setImmediate);

test('the table is read when the last read is five seconds old, and one read at a time', async () => {
  const { clock, calls, shared, health } = environment();
  shared.refresh();
  shared.refresh();
  await turn();
  clock.advance(60_000);
  shared.refresh();
  await turn();
  expect(calls).toHaveLength(1);
  calls[0]?.end([{ ...ENTRY, until: clock.now() + 1000, at: clock.now() }]);
  await turn();
  expect(health.snapshot(clock.now())).toMatchObject([{ state: 'open' }]);
  shared.refresh();
  await turn();
  expect(calls).toHaveLength(2);
  calls[1]?.end([]);
  await turn();
  clock.advance(4999);
  shared.refresh();
  await turn();
  expect(calls).toHaveLength(2);
});

test('one read that fails is no news, and a table that stays away is told once a minute', async () => {
  const { clock, calls, shared, problems } = environment();
  const told: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    shared.refresh();
    await turn();
    calls.at(-1)?.fail('dynamodb answered 400');
    await turn();
    told.push(problems.length);
    clock.advance(5000);
  }
  expect(told.slice(0, 3)).toEqual([0, 1, 1]);
  expect(problems).toEqual(Array.from({ length: 3 }, () => 'dynamodb answered 400'));
});

test('an answer ends once what is to be written is written', async () => {
  const { calls, shared } = environment();
  expect(shared.settle()).toBeUndefined();
  shared.tell(ENTRY);
  const out = new PassThrough();
  const written = writeBody(Buffer.from('answer'), out, new AbortController().signal, () => shared.settle());
  await turn();
  expect([String(out.read()), out.writableEnded]).toEqual(['answer', false]);
  calls[0]?.end();
  await written;
  expect(out.writableEnded).toBe(true);
  expect(shared.settle()).toBeUndefined();
});

test('an answer is kept from ending for a second at most', async () => {
  const { clock, shared } = environment();
  shared.tell(ENTRY);
  const settled = shared.settle();
  clock.advance(1000);
  await settled;
  expect(clock.pending).toBe(0);
});

test('a write that fails is told, and never rejects', async () => {
  const { calls, shared, problems, clock } = environment();
  shared.tell(ENTRY);
  const settled = shared.settle();
  await turn();
  calls[0]?.fail('dynamodb answered 500');
  await settled;
  expect([problems, clock.pending]).toEqual([['dynamodb answered 500'], 0]);
});

const YEAR_MS = 365 * 86_400_000;
/** Reads once, a minute after the last line about the table. */
async function reading(of: ReturnType<typeof environment>, entries: RouterEntry[]) {
  of.clock.advance(60_000);
  of.shared.refresh();
  await turn();
  of.calls.at(-1)?.end(entries);
  await turn();
}
/** Of the one host and model that there is. */
const stateOf = ({ health, clock }: ReturnType<typeof environment>) => health.snapshot(clock.now())[0]?.state;

test('an outage that would last a year is ignored, and told once', async () => {
  const router = environment();
  const at = router.clock.now();
  const row: HealthEntry = { ...ENTRY, at, until: at + YEAR_MS };
  for (let round = 0; round < 5; round += 1) await reading(router, [row]);
  expect(stateOf(router)).toBeUndefined();
  expect(router.shared.lastRead.entries).toEqual([]);
  expect(router.problems).toEqual([
    `ignored: host anthropic: down, connection, until ${new Date(row.until).toISOString()}, and it lasts at most 80 s`,
  ]);
});

test('what else the table says is believed beside it', async () => {
  const router = environment();
  const at = router.clock.now() + 60_000;
  const row: HealthEntry = { ...ENTRY, at, until: at + YEAR_MS };
  await reading(router, [row, { ...ENTRY, at, until: at + 60_000 }]);
  expect(stateOf(router)).toBe('open');
});

test('a writer whose clock is an hour ahead is not believed, neither of an outage nor of its end', async () => {
  const router = environment();
  const at = router.clock.now() + 3_600_000;
  await reading(router, [{ ...ENTRY, at, until: at + 10_000 }]);
  expect(stateOf(router)).toBeUndefined();
  await reading(router, [{ ...ENTRY, state: 'back', at, until: at }]);
  expect(router.problems).toHaveLength(2);
  const now = router.clock.now() + 60_000;
  await reading(router, [{ ...ENTRY, at: now, until: now + 70_000 }]);
  expect(stateOf(router)).toBe('open');
});

test('a writer whose clock is some seconds ahead is believed', async () => {
  const router = environment();
  const at = router.clock.now() + 90_000;
  await reading(router, [{ ...ENTRY, at, until: at + 80_000 }]);
  expect([stateOf(router), router.problems]).toEqual(['open', []]);
});

test('of several such rows one is told a minute, and each once', async () => {
  const router = environment();
  const at = router.clock.now();
  const rows = ['m', 'n', 'o'].map((scope): HealthEntry => ({ ...ENTRY, scope, at, until: at + YEAR_MS }));
  const told: number[] = [];
  for (let round = 0; round < 48; round += 1) {
    router.clock.advance(5000);
    router.shared.refresh();
    await turn();
    router.calls.at(-1)?.end(rows);
    await turn();
    told.push(router.problems.length);
  }
  expect([told[0], told[11], told[12], told[24], told.at(-1)]).toEqual([1, 1, 2, 3, 3]);
});
