import { HeldActions, type ActionStep } from './held-actions';
import type { AlarmState } from './alarm';

/** "In the following examples, WaitPeriod is configured as 2 time units, and ExtensionPeriod is configured as 3." */
const PERIODS = { waitMs: 2, extensionMs: 3 };

/** The composite alarm and its suppressor, one letter a time unit: `a` is ALARM, `o` is OK. */
function steps(composite: string, suppressor: string): ActionStep[] {
  const held = new HeldActions(PERIODS);
  held.step(-10, 'OK', false);
  const all = [...composite].flatMap((letter, now) => held.step(now, state(letter), suppressor[now] === 'a'));
  return all.filter(({ at }) => at >= 0);
}

const state = (letter: string): AlarmState => (letter === 'a' ? 'ALARM' : 'OK');
const held = (at: number, to: AlarmState, heldBy: ActionStep['heldBy']): ActionStep => ({ at, state: to, heldBy });

/** The examples of "Suppressing composite alarm actions". */
test('1: actions are taken when the wait period is over', () => {
  expect(steps('ooaaaaaa', 'oooooooo')).toEqual([held(2, 'ALARM', 'WaitPeriod'), { at: 4, state: 'ALARM' }]);
});

test('2: actions are held by the suppressor that alarms before the wait period is over', () => {
  expect(steps('ooaaaaaa', 'oooaaaaa')).toEqual([held(2, 'ALARM', 'WaitPeriod')]);
});

test('3: a change within the wait period begins a new one', () => {
  expect(steps('ooaooooo', 'oooooooo')).toEqual([
    held(2, 'ALARM', 'WaitPeriod'),
    held(3, 'OK', 'WaitPeriod'),
    { at: 5, state: 'OK' },
  ]);
});

test('4: actions are held by a suppressor that alarms already', () => {
  expect(steps('ooaaaaaa', 'aaaaaaaa')).toEqual([held(2, 'ALARM', 'Alarm')]);
});

test('5: actions are taken when the extension period is over', () => {
  expect(steps('ooaaaaaaaaaa', 'oooaaaoooooo')).toEqual([held(2, 'ALARM', 'WaitPeriod'), { at: 9, state: 'ALARM' }]);
});

test('6: a change within the extension period begins a wait period', () => {
  expect(steps('ooaaaaaooooo', 'oooaaaoooooo')).toEqual([
    held(2, 'ALARM', 'WaitPeriod'),
    held(7, 'OK', 'WaitPeriod'),
    { at: 9, state: 'OK' },
  ]);
});

test('a suppressor that alarms again within the extension period goes on holding', () => {
  expect(steps('ooaaaaaaaaaa', 'aaaaooaaaaaa')).toEqual([held(2, 'ALARM', 'Alarm')]);
});

test('a period that ends between two looks ends before what is seen next', () => {
  const actions = new HeldActions({ waitMs: 90, extensionMs: 0 });
  actions.step(-200, 'OK', false);
  expect(actions.step(0, 'ALARM', false)).toEqual([{ at: -110, state: 'OK' }, held(0, 'ALARM', 'WaitPeriod')]);
  expect(actions.step(60, 'ALARM', false)).toEqual([]);
  expect(actions.step(120, 'OK', true)).toEqual([{ at: 90, state: 'ALARM' }, held(120, 'OK', 'Alarm')]);
});
