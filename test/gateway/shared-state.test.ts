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
