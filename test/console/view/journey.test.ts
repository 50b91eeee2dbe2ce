import { journeyOf } from '../../../console/view/journey';
import { AT, attemptLine, requestLine } from './given';

test('a rescued request is shown with each call on its own clock, and the hosts that were not asked', () => {
  const request = requestLine({
    durationMs: 900,
    host: 'bedrock',
    isFailover: true,
    attempts: 2,
    trace: 'vertex:skipped-drained, foundry:lacks-web_search, anthropic:overloaded, bedrock:ok',
  });
  const attempts = [
    attemptLine({ attempt: 2, host: 'bedrock', outcome: 'ok', endedAt: AT, elapsedMs: 580 }),
    attemptLine({ endedAt: AT - 600, elapsedMs: 300 }),
    attemptLine({ requestId: 'gw_other' }),
  ];
  const { steps, skipped } = journeyOf(request, attempts);
  expect(steps.map(({ host, outcome, startMs, endMs }) => [host, outcome, startMs, endMs])).toEqual([
    ['anthropic', 'overloaded', 0, 300],
    ['bedrock', 'ok', 320, 900],
  ]);
  expect(skipped).toEqual([
    { host: 'vertex', why: 'drained by an operator' },
    { host: 'foundry', why: 'has no web_search' },
  ]);
});

test('a first call that was answered has no line of its own, and is shown all the same', () => {
  expect(journeyOf(requestLine(), []).steps).toMatchObject([
    { host: 'anthropic', outcome: 'ok', startMs: 0, endMs: 900 },
  ]);
});

test('a request that found no host ends with its last failure', () => {
  const request = requestLine({ host: undefined, outcome: 'exhausted', trace: 'anthropic:overloaded' });
  expect(journeyOf(request, [attemptLine()]).steps.map(({ outcome }) => outcome)).toEqual(['overloaded']);
});
