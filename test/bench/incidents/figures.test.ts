import { figuresOf } from '../../../bench/incidents/figures';
import { naive } from '../../../bench/incidents/policies/naive';
import { isTrue } from '../../../bench/incidents/retry-after';
import { START, type TrafficRun } from '../../../bench/incidents/run-traffic';
import type { LedgerEntry } from '../../../bench/incidents/world/ledger';
import { sound } from '../../../bench/incidents/world/script';

const [SECOND, MINUTE] = [1000, 60_000];
/** Three minutes, the middle one with an incident. */
const TRAFFIC: TrafficRun = {
  policy: naive,
  minutes: 3,
  incident: { span: [1 / 3, 2 / 3], hosts: { anthropic: sound } },
};

const record = (at: number, hosts: readonly string[], more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  number: at,
  conversation: 1,
  at: START + at,
  primarySound: true,
  attempts: hosts.map((host, index) => ({ host, input: 100, output: 10, whole: index === hosts.length - 1 })),
  process: 0,
  endedAt: START + at + SECOND,
  status: 200,
  delivered: true,
  retryAfter: undefined,
  note: '',
  ...more,
});

const seconds = (from: number, to: number, hosts: readonly string[], more: Partial<LedgerEntry> = {}) =>
  Array.from({ length: to - from }, (_, index) => record((from + index) * SECOND, hosts, more));

it('sees when the primary is left and when it has its traffic back', () => {
  const records = [
    ...seconds(0, 70, ['anthropic']),
    ...seconds(70, 150, ['vertex'], { primarySound: false }),
    ...seconds(150, 180, ['anthropic']),
  ];
  // Half of the window of five seconds that begins at 68 asks somebody else.
  expect(figuresOf(records, TRAFFIC)).toMatchObject({ leftAfter: 8, backAfter: 30, leftSound: 0, left: 80 / 180 });
});

it('counts a turn on another host than the turn before, conversation by conversation', () => {
  const records = [
    record(0, ['anthropic']),
    record(1, ['vertex'], { conversation: 2 }),
    record(2, ['vertex']),
    record(3, ['vertex'], { conversation: 2 }),
    record(4, ['anthropic'], { delivered: false }),
    record(5, ['vertex']),
    record(6, ['anthropic']),
    record(7, ['anthropic']),
  ];
  expect(figuresOf(records, TRAFFIC).cachesLost).toBe(2);
});

it('counts tokens of every attempt but the one that the client has', () => {
  const records = [
    record(0, ['anthropic', 'vertex']),
    record(1, ['anthropic'], { delivered: false }),
    record(2, ['anthropic']),
  ];
  expect(figuresOf(records, TRAFFIC).tokensLost).toBe(220);
});

it('counts failures of a process that could know, in the process with most of them', () => {
  const lost = { delivered: false };
  const records = [
    record(0, ['anthropic'], lost),
    record(500, ['anthropic'], lost),
    record(1500, ['anthropic'], lost),
    record(1600, ['anthropic'], lost),
    record(1700, ['anthropic'], { ...lost, process: 1 }),
  ];
  expect(figuresOf(records, TRAFFIC)).toMatchObject({ failed: 5, failedKnowing: 2 });
});

it('counts failures a quarter of a minute after the incident, and none before', () => {
  const lost = { delivered: false };
  const records = [record(2 * MINUTE + 14_000, ['anthropic'], lost), record(2 * MINUTE + 16_000, ['anthropic'], lost)];
  expect(figuresOf(records, TRAFFIC).failedAfterwards).toBe(1);
});

describe('a retry-after', () => {
  const lost = { delivered: false, status: 529 };
  const refused = record(0, ['anthropic'], { ...lost, retryAfter: 4 });
  const all = [refused, record(4500, ['anthropic'], lost), record(5200, ['anthropic']), record(6300, ['vertex'], lost)];

  it('is true when somebody is served in the second after it', () => {
    // It was told a second after the request came.
    expect([3, 4, 5].map((retryAfter) => isTrue({ ...refused, retryAfter }, all))).toEqual([false, true, false]);
  });

  it('is not true where it is missing, or where the status is none of a refusal', () => {
    expect(isTrue({ ...refused, retryAfter: undefined }, all)).toBe(false);
    expect(isTrue({ ...refused, status: 500 }, all)).toBe(false);
  });
});
