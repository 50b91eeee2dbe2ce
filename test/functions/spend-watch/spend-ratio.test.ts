import { readSpend } from '../../../lambda/functions/spend-watch/read-spend';
import { monthBegan, spendSince } from '../../../lambda/functions/spend-watch/spend-of-month';
import { spendPeriod, spendRatio, type HourlySpend } from '../../../lambda/functions/spend-watch/spend-ratio';
import { json, recordingServer } from '../../hosts/recording-server';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 9, 20);
const LAST_HOUR = Date.UTC(2026, 10, 21, 8);

/** `usd` each hour, `hours` long, `ago` hours before the last complete one. */
const spent = (usd: number, hours: number, ago = 0): HourlySpend[] =>
  Array.from({ length: hours }, (_, index) => ({ at: LAST_HOUR - (ago + index) * HOUR_MS, usd }));

describe('the spend of a day', () => {
  it.each([
    ['like the week before', [...spent(1, 24), ...spent(1, 168, 24)], 1],
    ['three times the week before', [...spent(3, 24), ...spent(1, 168, 24)], 3],
    ['after days of which each was as a whole', [...spent(48, 1, 3), ...spent(24, 1, 24), ...spent(24, 1, 191)], 7],
    ['against the three days a young router has', [...spent(3, 24), ...spent(1, 72, 24)], 3],
  ])('%s', (_, hours, ratio) => {
    expect(spendRatio(hours, NOW)).toBeCloseTo(ratio);
  });

  it('does not count the hour that is not over', () => {
    expect(spendRatio([...spent(1, 192), { at: LAST_HOUR + HOUR_MS, usd: 500 }], NOW)).toBeCloseTo(1);
  });

  it.each([
    ['a router that nobody has used', []],
    ['a router of two days', [...spent(9, 24), ...spent(1, 48, 24)]],
    ['a day of cents', [...spent(0.04, 24), ...spent(0.001, 168, 24)]],
  ])('says nothing of %s', (_, hours) => {
    expect(spendRatio(hours, NOW)).toBeUndefined();
  });
});

it('counts a month from its beginning by UTC to now, with the hour that is not over', () => {
  const month = monthBegan(NOW);
  expect(month).toBe(Date.UTC(2026, 10));
  const before = [{ at: month - HOUR_MS, usd: 500 }];
  expect(spendSince(month, [...before, { at: month, usd: 2 }, { at: LAST_HOUR + HOUR_MS, usd: 3 }])).toBe(5);
});

it('is asked of CloudWatch hour by hour, for eight days, of this router alone', async () => {
  const cloudWatch = await recordingServer(
    json({
      MetricDataResults: [{ Id: 'spend', StatusCode: 'Complete', Timestamps: [LAST_HOUR / 1000], Values: [2.5] }],
    }),
  );
  try {
    const env = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL: cloudWatch.url };
    expect(await readSpend('Stack-Router', 'eu-central-1', spendPeriod(NOW), env)).toEqual([
      { at: LAST_HOUR, usd: 2.5 },
    ]);
    const [request] = cloudWatch.requests;
    expect(request?.headers).toMatchObject({
      'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
      'content-type': 'application/x-amz-json-1.0',
    });
    expect(request?.headers.authorization).toContain('/eu-central-1/monitoring/aws4_request');
    const body = JSON.parse(String(request?.body));
    expect(body.EndTime - body.StartTime).toBe(8 * 24 * 3600);
    expect(body.MetricDataQueries[0].MetricStat).toMatchObject({
      Metric: { MetricName: 'Cost', Dimensions: [{ Name: 'service', Value: 'Stack-Router' }] },
      Period: 3600,
      Stat: 'Sum',
    });
  } finally {
    await cloudWatch.close();
  }
});
