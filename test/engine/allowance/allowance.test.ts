import { readSlot } from '../../../lambda/engine/allowance/account-state';
import { VirtualClock } from '../virtual-clock';
import { pass, SpendingProcess } from './processes';
import { type Luck, UnreliableStore } from './unreliable-store';

let clock: VirtualClock;
let store: UnreliableStore;
let luck: Luck;
beforeEach(() => {
  clock = new VirtualClock();
  luck = 'well';
  store = new UnreliableStore(clock, () => ({ kind: luck, ms: 4 }));
});

const process = (name: string, place = 0): SpendingProcess => new SpendingProcess(name, store, clock, 0, place);
const NOW = Promise.resolve();
const used = (): number => store.of('item 0').used;

it('a request that comes back after its process was taken for dead still counts, and takes nothing from others', async () => {
  const [asleep, awake] = [process('asleep'), process('awake')];
  let wake: () => void = () => {};
  const long = asleep.spend(100, 1000, 70, new Promise((resolve) => (wake = resolve)));
  await pass(clock, 20);
  expect(used()).toBe(100);
  clock.advance(25 * 60_000);
  void awake.spend(10, 1000, 10, NOW);
  await pass(clock, 50);
  expect(used()).toBe(10);
  wake();
  await long;
  void asleep.spend(5, 1000, 5, NOW);
  await pass(clock, 100);
  expect(store.of('item 0').spent).toBe(85);
  expect(used()).toBe(85);
  expect(store.isTorn).toBe(false);
});

it('what is held is held until its request is over, for as long as the longest may take', async () => {
  const slow = process('slow');
  void slow.spend(100, 1000, 70, new Promise(() => {}));
  await pass(clock, 20);
  clock.advance(15 * 60_000);
  void process('other').spend(10, 1000, 10, NOW);
  await pass(clock, 50);
  expect(used()).toBe(110);
});

it('many requests of one process together are few writes', async () => {
  const busy = process('busy');
  for (let count = 0; count < 200; count += 1) void busy.spend(10, 10_000, 5, NOW);
  await pass(clock, 100, 1);
  expect(store.of('item 0').spent).toBe(1000);
  expect(store.writes).toBeLessThan(10);
});

it('all processes together write an item no more than 500 times a second', async () => {
  const busy = Array.from({ length: 12 }, (_, place) => process(`p${place}`));
  const end = clock.now() + 5000;
  while (clock.now() < end) {
    for (const each of busy) void each.spend(1, 1e9, 1, NOW);
    await pass(clock, 5);
  }
  expect(store.writes).toBeLessThan(5 * 560);
  expect(store.writes).toBeGreaterThan(5 * 200);
});

describe('with more processes than one item can bear', () => {
  const LIMIT = 200_000;
  const fleet = (): SpendingProcess[] => Array.from({ length: 80 }, (_, place) => process(`p${place}`, place / 80));

  it('most of them move on to others, and the limit is kept over all of them', async () => {
    const processes = fleet();
    let granted = 0;
    const writers: number[] = [];
    for (let turn = 0; turn < 60; turn += 1) {
      for (const each of processes) {
        void each.spend(60, LIMIT, 55, NOW).then((answer) => void (granted += Number(answer === 'granted')));
      }
      await pass(clock, 10_000, 100);
      writers.push(Math.max(...[...store.items.values()].map(({ slots }) => slots.size)));
    }
    await pass(clock, 1000, 10);
    const items = [...store.items.values()];
    const spent = items.reduce((sum, { spent }) => sum + spent, 0);
    expect(items.length).toBeGreaterThan(2);
    // All begin on the first, and those that have moved are forgotten there after a while.
    expect(writers[34]).toBeLessThan(55);
    expect(spent).toBe(granted * 55);
    expect(spent).toBeLessThanOrEqual(LIMIT);
    expect(spent).toBeGreaterThan(LIMIT - 80 * 60);
  });
});

it('a table that does not answer is said so, to each that asks, and what was spent meanwhile is written when it is back', async () => {
  const only = process('only');
  luck = 'lost';
  const first = only.spend(10, 1000, 10, NOW);
  await pass(clock, 20);
  expect(await first).toBe('unknown');
  expect(only.allowance.isDown).toBe(true);
  only.allowance.settle(33, undefined);
  await pass(clock, 20);
  luck = 'well';
  await pass(clock, 2000, 50);
  void only.allowance.flushed();
  await pass(clock, 50);
  expect(store.of('item 0').spent).toBe(33);
  expect(used()).toBe(33);
});

it('one of many processes is told to give notice, once', async () => {
  const asked = Array.from({ length: 5 }, (_, place) => process(`p${place}`).allowance.notice());
  await pass(clock, 20);
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
});

it('a slot says what is held, and when that was written', () => {
  expect(readSlot('1200:lz')).toEqual({ held: 1200, at: parseInt('lz', 36) });
  expect(readSlot('nonsense')).toEqual({ held: 0, at: 0 });
});
