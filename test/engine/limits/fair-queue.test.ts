import fc from 'fast-check';
import { FairQueue } from '../../../lambda/engine/limits/fair-queue';

it('a team with one request is next, whatever another has waiting', () => {
  const queue = new FairQueue<string>();
  for (let index = 0; index < 10; index += 1) queue.pass('many', 1);
  for (let index = 0; index < 90; index += 1) queue.push('many', 1, `many ${index}`);
  queue.push('one', 1, 'one');
  expect(queue.shift()).toBe('one');
  expect(queue.shift()).toBe('many 0');
});

it('what was served while nobody waited is not held against its team', () => {
  const queue = new FairQueue<string>();
  for (let index = 0; index < 1000; index += 1) queue.pass('many', 1);
  for (const team of ['other', 'many', 'other', 'many']) queue.push(team, 1, team);
  expect([queue.shift(), queue.shift(), queue.shift(), queue.shift()].sort()).toEqual([
    'many',
    'many',
    'other',
    'other',
  ]);
});

it('what costs more comes less often', () => {
  const queue = new FairQueue<string>();
  for (let index = 0; index < 100; index += 1) {
    queue.push('large', 10, 'large');
    queue.push('small', 1, 'small');
  }
  const first = Array.from({ length: 55 }, () => queue.shift());
  expect(first.filter((each) => each === 'large')).toHaveLength(5);
});

it('nobody starves: between two turns of a waiting team no other has more than one turn more than its part', () => {
  const push = fc.record({ team: fc.nat(4), pushes: fc.boolean() });
  fc.assert(
    fc.property(fc.array(push, { maxLength: 300 }), (steps) => {
      const queue = new FairQueue<number>();
      const waiting = new Map<number, number>();
      /** By team: turns of each other team since its own last, while it waits. */
      const since = new Map<number, Map<number, number>>();
      for (const { team, pushes } of steps) {
        if (pushes) {
          queue.push(String(team), 1, team);
          if (!waiting.get(team)) since.set(team, new Map());
          waiting.set(team, (waiting.get(team) ?? 0) + 1);
          continue;
        }
        const served = queue.shift();
        if (served === undefined) continue;
        waiting.set(served, waiting.get(served)! - 1);
        since.set(served, new Map());
        for (const [other, turns] of since) {
          if (other === served || !waiting.get(other)) continue;
          turns.set(served, (turns.get(served) ?? 0) + 1);
          if (turns.get(served)! > 2) return false;
        }
      }
      return true;
    }),
  );
});

it('who has left is passed over', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a', 'b', 'c']) queue.push('team', 1, item);
  queue.remove('b');
  expect([queue.shift(), queue.shift(), queue.shift()]).toEqual(['a', 'c', undefined]);
});
