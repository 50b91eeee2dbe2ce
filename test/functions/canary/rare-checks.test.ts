import type { Finding } from '../../../lib/contract';
import type { CheckResult } from '../../../lambda/functions/canary/checks/check';
import { RareChecks } from '../../../lambda/functions/canary/rare-checks';

const TEXT = { host: 'openai', model: 'gpt-5.2', shape: 'other-text' } as const;
const TOOL = { ...TEXT, shape: 'other-tool' } as const;
const PLAIN = { host: 'anthropic', model: 'claude-haiku-5-5', shape: 'plain' } as const;
type Outcome = CheckResult['outcome'];
const stored = (check: typeof TEXT | typeof TOOL | typeof PLAIN, outcome: string, at = 1) =>
  ({ type: 'result', ...check, outcome, at, elapsedMs: 1 }) as const;

function seen(text: Outcome, tool: Outcome = 'ok'): RareChecks {
  const rare = new RareChecks();
  rare.note([
    { ...TEXT, outcome: text },
    { ...TOOL, outcome: tool },
    { ...PLAIN, outcome: 'outage' },
  ]);
  return rare;
}

test('what a last resort was last found to be is said again by every round that does not ask it', () => {
  const rare = seen('credential');
  expect(rare.without([])).toEqual([
    { ...TEXT, outcome: 'credential' },
    { ...TOOL, outcome: 'ok' },
  ]);
  expect(rare.without([TEXT])).toEqual([{ ...TOOL, outcome: 'ok' }]);
  rare.note([{ ...TEXT, outcome: 'ok' }]);
  expect(rare.without([TOOL])).toEqual([{ ...TEXT, outcome: 'ok' }]);
});

test('what is down is asked again every ten minutes, or in each round where these are rarer', () => {
  const again = (minute: number, interval = 1) => seen('credential').dueAgain(minute, interval);
  expect([0, 1, 9, 10, 11].map((minute) => again(minute).length)).toEqual([1, 0, 0, 1, 0]);
  expect(again(10)).toEqual([TEXT]);
  expect([0, 15, 30, 45].map((minute) => again(minute, 15).length)).toEqual([1, 1, 1, 1]);
  // Rounds of three minutes do not fall on every tenth.
  const rounds = Array.from({ length: 20 }, (_, round) => again(round * 3, 3).length);
  expect(rounds.reduce((sum, count) => sum + count)).toBe(6);
});

test.each<Finding>(['wrong-answer', 'slow', 'throttled', 'rejected'])(
  '%s may have cost something, and waits',
  (outcome) => {
    expect(seen(outcome).dueAgain(0, 1)).toEqual([]);
  },
);

test('another environment of the canary knows it from the table, of links that there still are', () => {
  const rare = new RareChecks();
  rare.note([{ ...TOOL, outcome: 'ok' }]);
  const results = [
    stored(TEXT, 'credential'),
    stored(TOOL, 'outage'),
    stored(PLAIN, 'outage'),
    { ...stored(TEXT, 'outage'), model: 'gpt-gone' },
    { ...stored(TEXT, 'a word of next year'), host: 'azure' },
  ];
  rare.recall(results, ({ model }) => model !== 'gpt-gone');
  expect(rare.without([])).toEqual([
    { ...TOOL, outcome: 'ok' },
    { ...TEXT, outcome: 'credential' },
  ]);
});
