import { PatientStore } from '../../../lambda/gateway/cache/patient-store';
import { VirtualClock } from '../../engine/virtual-clock';

const never = (): Promise<never> => new Promise(() => undefined);

test('a store that does not answer is waited for as long as is said, and then left alone for five seconds', async () => {
  const clock = new VirtualClock();
  const problems: string[] = [];
  let asked = 0;
  const slow = { read: () => ((asked += 1), never()), write: never };
  const store = new PatientStore(slow, clock, (problem) => void problems.push(problem));
  const reading = store.read('key', 250);
  clock.advance(249);
  expect(problems).toEqual([]);
  clock.advance(1);
  expect(await reading).toBeUndefined();
  expect(problems).toEqual(['no answer within 250 ms']);
  expect(await store.read('key', 250)).toBeUndefined();
  expect(asked).toBe(1);
  clock.advance(5000);
  void store.read('key', 250);
  expect(asked).toBe(2);
});
