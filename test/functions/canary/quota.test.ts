import { checkQuotas, headroomPercent, type PerMinute } from '../../../lambda/functions/canary/quota/quota';
import { readPeak, readQuota } from '../../../lambda/functions/canary/quota/read-quota';
import type { HostQuota, RouterConfig } from '../../../lib/contract';
import { json, recordingServer, type RecordingServer } from '../../hosts/recording-server';

let aws: RecordingServer;
beforeEach(async () => {
  aws = await recordingServer();
});
afterEach(() => aws.close());
const env = () => ({ AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL: aws.url });

const CONFIG: RouterConfig = {
  hosts: [
    { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] },
    { name: 'bedrock', kind: 'bedrock', region: 'eu-west-1' },
  ],
  models: ['claude-haiku-5-5'],
  routes: [{ chain: ['anthropic', 'bedrock'] }],
};

async function headrooms(quotas: readonly HostQuota[], peak: PerMinute | Error) {
  const told: unknown[] = [];
  const troubles: string[] = [];
  await checkQuotas({
    quotas,
    readPeak: () => (peak instanceof Error ? Promise.reject(peak) : Promise.resolve(peak)),
    readQuota: (_, code) => (code === 'L-1' ? Promise.resolve(300_000) : Promise.reject(new Error('no such quota'))),
    headroom: (host, percent) => told.push([host, percent]),
    trouble: (what, error) => troubles.push(`${what}: ${String(error)}`),
  });
  return { told, troubles };
}
const PEAK = { tokens: 200_000, requests: 100 };

it.each<[string, PerMinute, PerMinute, number | undefined]>([
  ['just enough', { tokens: 200_000, requests: 100 }, PEAK, 100],
  ['half the tokens', { tokens: 100_000, requests: 500 }, PEAK, 50],
  ['half the requests', { tokens: 900_000, requests: 50 }, PEAK, 50],
  ['requests alone', { tokens: undefined, requests: 300 }, PEAK, 300],
  ['no traffic yet', { tokens: 1, requests: 1 }, { tokens: undefined, requests: undefined }, undefined],
])('headroom with %s', (_, quota, peak, percent) => {
  expect(headroomPercent(quota, peak)).toBe(percent);
});

it('each host is held against the peak, by a figure or by a code', async () => {
  const quotas = [
    { host: 'anthropic', tokensPerMinute: 400_000 },
    { host: 'bedrock', tokensQuotaCode: 'L-1' },
  ];
  expect(await headrooms(quotas, PEAK)).toEqual({
    told: [
      ['anthropic', 200],
      ['bedrock', 150],
    ],
    troubles: [],
  });
});

it('a quota that cannot be read leaves the others, and without the peak nothing is told', async () => {
  const quotas = [
    { host: 'bedrock', tokensQuotaCode: 'L-2' },
    { host: 'anthropic', requestsPerMinute: 50 },
  ];
  expect(await headrooms(quotas, PEAK)).toEqual({
    told: [['anthropic', 50]],
    troubles: ['reading the quota of host bedrock: Error: no such quota'],
  });
  const blind = await headrooms(quotas, new Error('AccessDenied'));
  expect(blind).toEqual({ told: [], troubles: ["reading the traffic's peak: Error: AccessDenied"] });
});

it('the peak is the busiest minute of a week of this router', async () => {
  aws.reply = json({
    MetricDataResults: [
      { Id: 'tokens', Timestamps: [180, 120, 60], Values: [10, 4000, 20] },
      { Id: 'requests', Timestamps: [], Values: [] },
    ],
  });
  const now = Date.UTC(2026, 10, 25, 12);
  expect(await readPeak('Stack-Router', 'us-east-1', now, env())).toEqual({ tokens: 4000, requests: undefined });
  const body = JSON.parse(String(aws.requests[0]!.body));
  expect(body.EndTime - body.StartTime).toBe(7 * 24 * 3600);
  expect(body.MetricDataQueries.map((query: { MetricStat: unknown }) => query.MetricStat)).toEqual(
    ['Tokens', 'Requests'].map((MetricName) => ({
      Metric: {
        Namespace: 'ClaudeFailover',
        MetricName,
        Dimensions: [{ Name: 'service', Value: 'Stack-Router' }],
      },
      Period: 60,
      Stat: 'Sum',
    })),
  );
});

it('a quota is read in the region of its host', async () => {
  aws.reply = json({ Quota: { QuotaCode: 'L-58BE175A', Value: 250_000 } });
  expect(await readQuota(CONFIG, 'bedrock', 'L-58BE175A', env())).toBe(250_000);
  const [request] = aws.requests;
  expect(request!.headers).toMatchObject({
    'x-amz-target': 'ServiceQuotasV20190624.GetServiceQuota',
    authorization: expect.stringContaining('/eu-west-1/servicequotas/aws4_request'),
  });
  expect(JSON.parse(String(request!.body))).toEqual({ ServiceCode: 'bedrock', QuotaCode: 'L-58BE175A' });
  await expect(readQuota(CONFIG, 'anthropic', 'L-58BE175A', env())).rejects.toThrow('host anthropic is not on Bedrock');
});
