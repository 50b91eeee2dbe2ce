import { SimulatedClock } from '../../../local/virtual/simulated-clock';

test('timers fire in the order of their times, and of their making where those are equal', async () => {
  const clock = new SimulatedClock(1000);
  const fired: string[] = [];
  const due = [50, 10, 30, 10, 90, 20, 70, 40, 60, 80];
  due.forEach((ms, index) => clock.timer(ms, () => fired.push(`${clock.now()} ${index}`)));
  clock.timer(35, () => fired.push('never')).cancel();
  await clock.runUntil(1080);
  expect(fired).toEqual(['1010 1', '1010 3', '1020 5', '1030 2', '1040 7', '1050 0', '1060 8', '1070 6', '1080 9']);
  expect(clock.now()).toBe(1080);
});

test('what a timer sets off happens at its time, however many promises lie between', async () => {
  const clock = new SimulatedClock(0);
  const { signal } = new AbortController();
  const seen: number[] = [];
  const steps = async (): Promise<void> => {
    for (let step = 0; step < 3; step++) {
      await clock.wait(10, signal);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      seen.push(clock.now());
    }
  };
  void steps();
  clock.timer(15, () => seen.push(15));
  await clock.runUntil(100);
  expect(seen).toEqual([10, 15, 20, 30]);
});

test('a wait ends with its signal', async () => {
  const clock = new SimulatedClock(0);
  const client = new AbortController();
  const wait = clock.wait(Infinity, client.signal);
  clock.timer(5, () => client.abort(new Error('gone')));
  await Promise.all([expect(wait).rejects.toThrow('gone'), clock.runUntil(10)]);
});
