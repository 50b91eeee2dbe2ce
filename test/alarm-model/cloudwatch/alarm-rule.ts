import type { AlarmState } from './alarm';
import { Tokens } from './metrics/tokens';

const STATES = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const satisfies AlarmState[];

/** States by alarm name. */
export type States = (alarm: string) => AlarmState;

/** The rule of a composite alarm, read: whether it holds, and whom it asks. */
export interface AlarmRule {
  readonly alarms: ReadonlySet<string>;
  holds(states: States): boolean;
}

type Test = (states: States) => boolean;

const WORD = /\s*("[^"]+"|[A-Z_]+|\d+|[(),%])\s*/y;

export function readAlarmRule(text: string): AlarmRule {
  const tokens = new Tokens(text, WORD);
  const alarms = new Set<string>();

  const either = (): Test => joined('OR', both, (tests, states) => tests.some((test) => test(states)));
  const both = (): Test => joined('AND', not, (tests, states) => tests.every((test) => test(states)));

  function joined(word: string, operand: () => Test, join: (tests: Test[], states: States) => boolean): Test {
    const tests = [operand()];
    while (tokens.take(word)) tests.push(operand());
    return (states) => join(tests, states);
  }

  function not(): Test {
    if (!tokens.take('NOT')) return primary();
    const test = not();
    return (states) => !test(states);
  }

  function primary(): Test {
    const state = tokens.take(...STATES);
    if (state !== undefined) {
      tokens.expect('(');
      const name = alarm();
      tokens.expect(')');
      return (states) => states(name) === state;
    }
    const word = tokens.expect('(', 'TRUE', 'FALSE', 'AT_LEAST');
    if (word === 'AT_LEAST') return atLeast();
    if (word !== '(') return () => word === 'TRUE';
    const inner = either();
    tokens.expect(')');
    return inner;
  }

  /** `AT_LEAST(2, ALARM, ("a", "b"))`, `AT_LEAST(51%, NOT OK, (...))` */
  function atLeast(): Test {
    tokens.expect('(');
    const threshold = /^\d+$/.test(tokens.peek() ?? '') ? Number(tokens.next()) : tokens.fail('a number');
    const percent = tokens.take('%') !== undefined;
    tokens.expect(',');
    const negated = tokens.take('NOT') !== undefined;
    const state = tokens.expect(...STATES);
    tokens.expect(',');
    tokens.expect('(');
    const names = tokens.listUntil(')', alarm);
    tokens.expect(')');
    return (states) => {
      const count = names.filter((name) => (states(name) === state) !== negated).length;
      return percent ? count * 100 >= threshold * names.length : count >= threshold;
    };
  }

  /** By name or by ARN, in quotes. */
  function alarm(): string {
    const quoted = tokens.peek() ?? '';
    if (!quoted.startsWith('"')) tokens.fail('the name of an alarm in quotes');
    const name = alarmName(tokens.next().slice(1, -1));
    alarms.add(name);
    return name;
  }

  const holds = either();
  tokens.end();
  return { alarms, holds };
}

export const alarmName = (nameOrArn: string): string =>
  nameOrArn.replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, '');
