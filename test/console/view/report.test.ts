import { bucketsOf } from '../../../console/view/series';
import { incidentReport } from '../../../console/view/report/incident-report';
import { AT, requestLine } from './given';

const MINUTE = 60_000;
const span = { from: AT, to: AT + 5 * MINUTE };
const at = (minute: number, own: Parameters<typeof requestLine>[0] = {}) =>
  requestLine({ endedAt: AT + minute * MINUTE + 1, costUsd: 0.25, firstContentMs: 500, ...own });
const rescued = { host: 'bedrock', isFailover: true, trace: 'anthropic:overloaded, bedrock:ok' };
const lines = [at(0), at(1, rescued), at(2, { ...rescued, client: '<script>alert(1)</script>' }), at(4)];

const report = incidentReport({
  gateway: 'Claude',
  span,
  everyMs: MINUTE,
  series: {
    ...span,
    buckets: bucketsOf(lines, span.from, span.to, MINUTE),
    alarms: [
      {
        id: 'PrimaryUnavailable',
        tells: 'notice',
        at: AT + 2 * MINUTE,
        until: AT + 4 * MINUTE,
        toldTo: 'on-call@example.com',
      },
    ],
    extras: {},
    costUsd: 0,
  },
  found: { lines: lines.filter(({ isFailover }) => isFailover), hasMore: false, costUsd: 0 },
});

test('a report says what happened, what clients felt, what it cost, and who was told when', () => {
  const order = [
    '2026-11-21 09:00:00 UTC to 2026-11-21 09:05:00 UTC',
    'Failed for their clients</td><td>0, 0 %',
    'Answered by another host than the first</td><td>2',
    '1.0000 USD',
    '09:00:00 UTC</td><td>anthropic gives most answers',
    '09:01:00 UTC</td><td>anthropic begins to fail: overloaded, 2 times in all',
    'bedrock gives most answers',
    'Alarm PrimaryUnavailable tells (notice): on-call@example.com',
    '09:03:00 UTC</td><td>anthropic no longer fails: overloaded',
    'Alarm PrimaryUnavailable is over',
    'anthropic:overloaded, bedrock:ok',
  ];
  const places = order.map((text) => report.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('a report is one file: it loads nothing and runs nothing, whatever a team is called', () => {
  expect(report).not.toMatch(/<script|<link|<img|src=|https?:/);
  expect(report).toContain('&lt;script&gt;');
});
