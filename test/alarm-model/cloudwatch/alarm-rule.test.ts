import type { AlarmState } from './alarm';
import { readAlarmRule } from './alarm-rule';

const STATES: Readonly<Record<string, AlarmState>> = {
  a: 'ALARM',
  b: 'OK',
  c: 'INSUFFICIENT_DATA',
  'Stack/Gateway/D': 'ALARM',
};
const holds = (text: string): boolean => readAlarmRule(text).holds((name) => STATES[name]!);

test.each([
  ['ALARM("a")', true],
  ['OK("a")', false],
  ['INSUFFICIENT_DATA("c")', true],
  ['ALARM("arn:aws:cloudwatch:us-east-1:123456789012:alarm:Stack/Gateway/D")', true],
  ['TRUE', true],
  ['(ALARM("a") AND OK("b"))', true],
  ['(ALARM("b") OR FALSE)', false],
  ['(NOT (ALARM("a")))', false],
  ['NOT ALARM("b") AND ALARM("a")', true],
  // AND binds before OR.
  ['ALARM("a") OR ALARM("b") AND FALSE', true],
  ['(ALARM("a") OR ALARM("b")) AND FALSE', false],
  ['AT_LEAST(2, ALARM, ("a", "b", "c", "Stack/Gateway/D"))', true],
  ['AT_LEAST(3, ALARM, ("a", "b", "c", "Stack/Gateway/D"))', false],
  ['AT_LEAST(50%, NOT ALARM, ("a", "b", "c", "Stack/Gateway/D"))', true],
  ['AT_LEAST(51%, NOT ALARM, ("a", "b", "c", "Stack/Gateway/D"))', false],
])('%s is %s', (text, expected) => {
  expect(holds(text)).toBe(expected);
});

test('a rule knows the alarms it asks', () => {
  expect([...readAlarmRule('(ALARM("a") OR AT_LEAST(1, OK, ("b", "c"))) AND OK("a")').alarms]).toEqual(['a', 'b', 'c']);
});

test.each([
  ['ALARM(a)', '"a)" in "ALARM(a)"'],
  ['ALARM("a") XOR ALARM("b")', '"XOR" instead of the end'],
  ['BROKEN("a")', '"BROKEN" instead of ( or TRUE or FALSE or AT_LEAST'],
  ['AT_LEAST(x, ALARM, ("a"))', '"x, ALARM'],
  ['(ALARM("a")', '"the end" instead of )'],
])('%s is refused', (text, message) => {
  expect(() => holds(text)).toThrow(message);
});
