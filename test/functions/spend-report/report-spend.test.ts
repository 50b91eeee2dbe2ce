import type { LogsResult } from '../../../lambda/aws/logs-query';
import type { DayQuery } from '../../../lambda/functions/spend-report/days';
import type { Notice } from '../../../lambda/functions/spend-report/messages';
import { reportSpend } from '../../../lambda/functions/spend-report/report-spend';
import type { RequestRecord } from '../../../lambda/gateway/telemetry/telemetry';
import { type LogEvent, runQuery } from '../../../local/logs-insights/run-query';
import { requestLines } from './request-lines';

const DAY_MS = 86_400_000;
/** Half an hour after a day has ended. */
const NOW = Date.UTC(2026, 10, 28, 0, 30);

/** So many days before the last one that is over, at noon. */
const on = (daysBefore: number, ...records: readonly Partial<RequestRecord>[]): readonly LogEvent[] =>
  requestLines(Date.UTC(2026, 10, 27, 12) - daysBefore * DAY_MS, ...records);
const eachDay = (from: number, to: number, ...records: readonly Partial<RequestRecord>[]): readonly LogEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => on(from + index, ...records)).flat();

async function notices(events: readonly LogEvent[], tells = ['daily', 'anomalies']): Promise<readonly Notice[]> {
  const told: Notice[] = [];
  const ask = async ({ query, from, to }: DayQuery): Promise<LogsResult> => ({
    rows: runQuery(
      query,
      events.filter(({ at }) => at >= from && at < to),
    ),
    bytesScanned: 0,
  });
  const notify = async (notice: Notice): Promise<void> => void told.push(notice);
  await reportSpend({ service: 'Stack-Router', now: NOW, tells, ask, notify });
  return told;
}

test('the day that is over is told by team, model and host, beside the day before and the average of a week', async () => {
  const [daily, ...others] = await notices([
    ...on(0, { costUsd: 3 }, { costUsd: 1.5, client: 'beta', host: 'bedrock', model: 'claude-haiku-5-5' }),
    ...on(1, { costUsd: 3 }),
    ...eachDay(2, 7, { costUsd: 2 }),
  ]);
  expect(others).toEqual([]);
  expect(daily?.subject).toBe('Claude failover: 4.50 USD on 2026-11-27');
  expect(daily?.text).toBe(`Stack-Router: the tokens of 2026-11-27 (UTC) cost 4.50 USD, in 2 requests.
Day before: 3.00 USD (+50 %). Average of 7 days before: 2.14 USD (+110 %).

By team, USD  the day  day before  average
alpha            3.00        3.00     2.14
beta             1.50        0.00     0.00

By model, USD     the day  day before  average
claude-opus-5-5      3.00        3.00     2.14
claude-haiku-5-5     1.50        0.00     0.00

By host, USD  the day  day before  average
anthropic        3.00        3.00     2.14
bedrock          1.50        0.00     0.00

At list prices, by the log lines of requests. A bill may have discounts, and has attempts that another host took over from.`);
});

test('today and the ninth day are not looked at', async () => {
  const [daily] = await notices([...on(-1, { costUsd: 100 }), ...on(0, { costUsd: 1 }), ...on(8, { costUsd: 100 })]);
  expect(daily?.text).toContain('cost 1.00 USD');
  expect(daily?.text).toContain('Average of 0 days before: 0.00 USD.');
});

test('a day without a request is told too, as one without cost', async () => {
  const [daily] = await notices(eachDay(1, 7, { costUsd: 2 }));
  expect(daily?.subject).toBe('Claude failover: 0.00 USD on 2026-11-27');
  expect(daily?.text).toContain('Day before: 2.00 USD (-100 %)');
});

test('requests without a known price are named, with their model', async () => {
  const [daily] = await notices(on(0, {}, { costUsd: undefined, answeredBy: 'my-llama', host: 'mine' }));
  expect(daily?.text).toContain('Not in these sums, for want of a price or of a count of tokens: my-llama 1 requests.');
});

test('of many teams the dearest twenty are told, and the others in one line', async () => {
  const teams = Array.from({ length: 25 }, (_, index) => ({ client: `team-${index}`, costUsd: index + 1 }));
  const [daily] = await notices(on(0, ...teams));
  expect(daily?.text).toContain('team-24');
  expect(daily?.text).not.toContain('team-4 ');
  expect(daily?.text).toContain('and 5 more: 15.00');
});

describe('a team is told of', () => {
  const usual = eachDay(1, 7, { costUsd: 2 }, { costUsd: 50, client: 'steady' });
  const steady = { costUsd: 50, client: 'steady' };

  test('whose day cost twice its average day, beside one that spends far more', async () => {
    const [anomaly] = await notices([...usual, ...on(0, { costUsd: 4 }, steady)], ['anomalies']);
    expect(anomaly?.subject).toBe('Claude failover: unusual spend of team alpha');
    expect(anomaly?.text).toContain('alpha: 4.00 USD, 2.0 times its average day of the 7 before (2.00 USD)');
    expect(anomaly?.text).not.toContain('steady');
    expect(anomaly?.text).toContain('--month 2026-11');
  });

  test.each([
    ['whose day cost less than twice', [...usual, ...on(0, { costUsd: 3.9 }, steady)]],
    ['of two days', [...eachDay(1, 2, { costUsd: 1 }), ...on(0, { costUsd: 90 })]],
    ['that spends cents', [...eachDay(1, 7, { costUsd: 0.01 }), ...on(0, { costUsd: 0.9 })]],
  ])('but none %s', async (_, events) => {
    expect(await notices(events, ['anomalies'])).toEqual([]);
  });

  test('in a subject that SNS takes, however long its name is', async () => {
    const client = 'a'.repeat(128);
    const events = [...eachDay(1, 7, { client, costUsd: 2 }), ...on(0, { client, costUsd: 9 })];
    const [anomaly] = await notices(events, ['anomalies']);
    expect(anomaly!.subject).toHaveLength(100);
  });
});
