import type { Clock } from '../../../lambda/engine/time/clock';
import { getEventListeners } from 'node:events';
import { Deadline, sleep } from '../../../lambda/engine/time/deadline';
import { VirtualClock } from '../virtual-clock';

test('a deadline counts down to nothing and stays there', () => {
  const clock = new VirtualClock();
  const deadline = new Deadline(clock, 1000);
  clock.advance(400);
  expect(deadline.remaining()).toBe(600);
  clock.advance(1000);
  expect(deadline.remaining()).toBe(0);
});

test('a wait ends after its time and leaves no listener on the request', async () => {
  const clock = new VirtualClock();
  const { signal } = new AbortController();
  const wait = sleep(clock, 500, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  clock.advance(500);
  await wait;
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('a wait ends at once when the client goes away, and leaves neither listener nor timer', async () => {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const wait = sleep(clock, 500, controller.signal);
  controller.abort();
  await wait;
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  expect(clock.pending).toBe(0);
});

test('nobody waits for a client that is already gone', async () => {
  const clock = new VirtualClock();
  await sleep(clock, 500, AbortSignal.abort());
  expect(clock.pending).toBe(0);
});

test('a timer that fires early does not shorten the wait', async () => {
  const clock = new VirtualClock();
  const early: Clock = { now: () => clock.now(), timer: (ms, fire) => clock.timer(Math.max(1, ms - 1), fire) };
  let over = false;
  void sleep(early, 10, new AbortController().signal).then(() => (over = true));
  clock.advance(9);
  await Promise.resolve();
  expect(over).toBe(false);
  clock.advance(1);
  await Promise.resolve();
  expect(over).toBe(true);
  expect(clock.pending).toBe(0);
});
