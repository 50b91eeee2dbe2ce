import { METRICS } from '../../../lib/contract';
import { readLog } from './log-lines';
import type { PlayedRequest } from './player';
import { reconcile, type HostBooks } from './reconcile';

/** Two requests: the first one the primary answers, the second one after a failure of the primary. */
const attempt = (requestId: string, host: string, outcome: string, hostRequestId?: string) => ({
  message: 'attempt',
  requestId,
  host,
  outcome,
  hostRequestId,
});
const request = (requestId: string, host: string, attempts: number, hostRequestId: string, isFailover = false) => ({
  message: 'request',
  requestId,
  host,
  attempts,
  hostRequestId,
  isFailover,
  outcome: 'answered',
  usage: { input_tokens: 10, output_tokens: 20 },
  costUsd: 0.00022,
});
const emf = (metrics: object) => ({ _aws: {}, ...metrics });
const LINES = [
  request('a', 'first', 1, 'host-1'),
  attempt('b', 'first', 'server-error', 'host-2'),
  attempt('b', 'second', 'ok', 'host-3'),
  request('b', 'second', 2, 'host-3', true),
  emf({ [METRICS.requests]: [1], [METRICS.failovers]: [0], [METRICS.cost]: [0.00022] }),
  emf({ [METRICS.requests]: [1], [METRICS.failovers]: [1], [METRICS.cost]: [0.00022] }),
  emf({ Host: 'first', [METRICS.hostFailures]: [0] }),
  emf({ Host: 'first', [METRICS.hostFailures]: [1] }),
  emf({ Host: 'second', [METRICS.hostFailures]: [0] }),
];
const client = (number: number, host: string, requestId: string, attempts: number): PlayedRequest => ({
  number,
  host,
  requestId,
  attempts,
  stream: true,
  start: 0,
  firstContent: 1,
  end: 2,
  inputTokens: 10,
  outputTokens: 20,
});
const PLAYED = [client(0, 'first', 'host-1', 1), client(1, 'second', 'host-3', 2)];
const price = (input: number, output: number): number => (2 * input + 10 * output) / 1e6;
const HOSTS: readonly HostBooks[] = [
  { name: 'first', price, asked: [0, 1], answered: 1 },
  { name: 'second', price, asked: [1], answered: 1 },
];

interface Books {
  readonly played: readonly PlayedRequest[];
  readonly lines: readonly object[];
  readonly hosts: readonly HostBooks[];
}
function problems(changed: Partial<Books>): string[] {
  const { played = PLAYED, lines = LINES, hosts = HOSTS } = changed;
  return reconcile(played, readLog(lines.map((line) => JSON.stringify(line))), hosts);
}

it('has nothing to say where all books agree, whatever a runtime writes between and before the lines', () => {
  const lines = ['START RequestId: a', ...LINES.map((line) => `2026-01-01T00:00:00Z a INFO ${JSON.stringify(line)}`)];
  expect(reconcile(PLAYED, readLog(lines), HOSTS)).toEqual([]);
});

it('knows that an attempt which timed out may not have come to its host', () => {
  const lines = LINES.with(1, attempt('b', 'first', 'timeout'));
  for (const asked of [[0], [0, 1]])
    expect(problems({ lines, hosts: [{ ...HOSTS[0]!, asked }, HOSTS[1]!] })).toEqual([]);
  expect(problems({ lines, hosts: [{ ...HOSTS[0]!, asked: [] }, HOSTS[1]!] })).not.toEqual([]);
});

describe('of the table of what is spent', () => {
  const spent = (micros: number, lines: readonly object[] = LINES): string[] =>
    reconcile(PLAYED, readLog(lines.map((line) => JSON.stringify(line))), HOSTS, micros);

  it('has nothing to say where it has what clients had', () => {
    expect(spent(440)).toEqual([]);
  });

  it('counts what a host had told of tokens before its attempt failed', () => {
    const lines: object[] = [...LINES];
    lines[1] = { ...LINES[1], usage: { input_tokens: 10, output_tokens: 1 } };
    expect(spent(440 + 30, lines)).toEqual([]);
    expect(spent(440, lines)).toHaveLength(1);
  });

  it.each([220, 660])('finds that a request is missing or counted twice: %d', (micros) => {
    expect(spent(micros)).toEqual([expect.stringMatching(/^USD: the table of what is spent has 0.000/)]);
  });
});

const without = (index: number) => LINES.toSpliced(index, 1);
it.each<[string, Partial<Books>, RegExp]>([
  ['a request was logged twice', { lines: [...LINES, LINES[0]!] }, /^request 0: has 2 lines/],
  ['a request was not logged', { lines: without(3) }, /^request 1: has 0 lines/],
  ['a failed attempt was not logged', { lines: without(1) }, /^calls of first: 2, and 1 attempts/],
  ['a metric was published twice', { lines: [...LINES, LINES[5]!] }, /^failovers: .*"metric":2/],
  [
    'a host gave an answer that nobody got',
    { hosts: [{ ...HOSTS[0]!, answered: 2 }, HOSTS[1]!] },
    /^answers: .*"hosts":3/,
  ],
  [
    'a host was asked once more',
    { hosts: [HOSTS[0]!, { ...HOSTS[1]!, asked: [1, 1] }] },
    /^request 1: calls of hosts: 3, and 2 attempts/,
  ],
  [
    'a client got other tokens than were logged',
    { played: [{ ...PLAYED[0]!, outputTokens: 21 }, PLAYED[1]!] },
    /^request 0: outputTokens/,
  ],
  [
    'a client was told of another host',
    { played: [{ ...PLAYED[0]!, host: 'second' }, PLAYED[1]!] },
    /^request 0: host is first/,
  ],
  ['a client got an error', { played: [{ ...PLAYED[0]!, failure: 'broken' }, PLAYED[1]!] }, /^request 0: broken/],
])('finds that %s', (_, changed, expected) => {
  expect(problems(changed)).toContainEqual(expect.stringMatching(expected));
});
