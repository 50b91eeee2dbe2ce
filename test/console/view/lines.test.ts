import { readLine } from '../../../console/view/lines';

/** As the router has printed it. */
const REQUEST = {
  level: 'INFO',
  message: 'request',
  timestamp: '2026-11-21T09:00:00.000Z',
  service: 'claude',
  sampling_rate: 0,
  requestId: 'gw_1',
  endpoint: 'messages',
  model: 'claude-opus-5-5',
  stream: true,
  outcome: 'answered',
  host: 'bedrock-us-east-1',
  isFailover: true,
  attempts: 2,
  trace: 'anthropic:overloaded, bedrock-us-east-1:ok',
  firstContentMs: 420,
  durationMs: 900,
  costUsd: 0.0021,
  tokens: 109,
  cache: 'miss',
};
const ATTEMPT = {
  level: 'WARN',
  message: 'attempt',
  timestamp: '2026-11-21T08:59:59.400Z',
  requestId: 'gw_1',
  attempt: 1,
  host: 'anthropic',
  model: 'claude-opus-5-5',
  key: 'key-1',
  outcome: 'overloaded',
  row: 3,
  status: 529,
  detail: 'overloaded_error',
  elapsedMs: 120,
};

test('a line of a request and one of an attempt are read with what stands in them', () => {
  expect(readLine(JSON.stringify(REQUEST))).toMatchObject({
    kind: 'request',
    endedAt: Date.UTC(2026, 10, 21, 9),
    host: 'bedrock-us-east-1',
    isFailover: true,
    cache: 'miss',
    weight: 1,
    dropped: [],
  });
  expect(readLine(JSON.stringify(ATTEMPT))).toMatchObject({ kind: 'attempt', host: 'anthropic', row: 3, status: 529 });
});

test('a line of a success that was sampled stands for all that are like it', () => {
  expect(readLine(JSON.stringify({ ...REQUEST, sampled: 0.05 }))).toMatchObject({ weight: 20 });
});

test('of a line nothing is taken but what the console shows: no key, and no prompt that somebody has put there', () => {
  const read = JSON.stringify([
    readLine(JSON.stringify({ ...REQUEST, prompt: 'my secret' })),
    readLine(JSON.stringify(ATTEMPT)),
  ]);
  expect(read).not.toContain('my secret');
  expect(read).not.toContain('key-1');
});

test.each(['', 'START RequestId: 1', '{"_aws":{}}', '{"message":"note"}', '{"message":"request"}'])(
  'what is no line about a request is passed over: %s',
  (line) => expect(readLine(line)).toBeUndefined(),
);
