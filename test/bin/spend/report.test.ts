import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { monthAt, daysOf } from '../../../bin/cli/spend/report/month';
import { reportCsv, reportTable } from '../../../bin/cli/spend/report/print-report';
import { STACK_OUTPUT } from '../../../lib/contract';
import { insightsServer, type InsightsServer } from '../../functions/spend-report/insights-server';
import { RECORD, requestLines } from '../../functions/spend-report/request-lines';
import type { Recorded } from '../../hosts/recording-server';

const ROOT = join(__dirname, '../../..');
const DESCRIPTION = { url: 'https://gateway.example.com', region: 'eu-central-1', healthTable: { name: 'Health' } };
const row = { requests: 1, unpriced: 0, tokens: 10, usd: 1 };

/** What CloudFormation and CloudWatch say of the stack. */
function aws({ headers, body }: Recorded): string {
  if (headers['x-amz-target'] !== undefined) {
    return JSON.stringify({ MetricDataResults: [{ Id: 'bytes', Timestamps: [0, 1], Values: [2e9, 1e9] }] });
  }
  const outputs = `<member><OutputKey>D</OutputKey><OutputValue>${JSON.stringify(DESCRIPTION).replaceAll('"', '&quot;')}</OutputValue><Description>${STACK_OUTPUT}</Description></member>`;
  const group = (id: string, name: string) =>
    `<member><ResourceType>AWS::Logs::LogGroup</ResourceType><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${name}</PhysicalResourceId></member>`;
  return new URLSearchParams(String(body)).get('Action') === 'DescribeStacks'
    ? `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>Mine</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`
    : `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${group('GatewayCanaryLogGroup12345678', 'canary')}${group('GatewayRouterLogGroup9ABCDEF0', 'the-router')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;
}

describe('claude-failover spend report', () => {
  let server: InsightsServer;
  beforeAll(async () => {
    const events = requestLines(Date.UTC(2026, 9, 3, 9), {}, { client: 'beta', costUsd: 2.25 }, { costUsd: undefined });
    server = await insightsServer([...events, ...requestLines(Date.UTC(2026, 10, 1, 9), { costUsd: 1000 })], aws);
  });
  afterAll(() => server.close());

  async function run(...args: readonly string[]) {
    server.requests.length = 0;
    const cli = join(ROOT, 'bin/dist/claude-failover.mjs');
    const child = spawn(process.execPath, [cli, 'spend', 'report', '--stack', 'Mine', ...args], { env: server.env });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code, out: out.split('\n').slice(0, -1), err: err.split('\n').slice(0, -1) };
  }
  const targets = () => server.requests.map(({ headers }) => String(headers['x-amz-target']));

  test('finds the log of the router by the stack, says first what the look costs, and prints the month by team', async () => {
    const { out, err, code } = await run('--month', '2026-10', '--by', 'team');
    expect({ code, first: err[0] }).toEqual({
      code: 0,
      first:
        '2026-10 (UTC), the-router: looks through about 3.0 GB of log lines, 0.02 USD at 0.005 USD a GB as in us-east-1',
    });
    expect(out).toEqual([
      'team    USD  requests  tokens  without a price',
      'beta   2.25         1     120',
      'alpha  0.50         2     240                1',
      'all    2.75         3     360                1',
    ]);
    expect(err.join('\n')).toContain('1 requests are not in USD');
    expect(targets().filter((target) => target.endsWith('StartQuery'))).toHaveLength(31);
    const priced = targets().findIndex((target) => target.endsWith('GetMetricData'));
    expect(priced).toBeLessThan(targets().findIndex((target) => target.endsWith('StartQuery')));
  }, 60_000);

  test('prints CSV alone where a file may take it, and says where no line names a user', async () => {
    const { out, err } = await run('--month', '2026-10', '--by', 'user', '--csv', '--log-group', 'another');
    expect(out).toEqual(['user,usd,requests,tokens,requests_without_price', '(not told),2.750000,3,360,1']);
    expect(err.at(-1)).toContain('no line names a user');
    const query = server.requests.find(({ headers }) => /StartQuery/.test(String(headers['x-amz-target'])));
    expect(JSON.parse(String(query?.body)).logGroupName).toBe('another');
  }, 60_000);

  test.each([
    [['--by', 'weather'], 'Allowed choices are team, model, host, user'],
    [['--month', '2026-13'], "'2026-13' is not a month, such as 2026-11"],
    [['--month', '2999-01'], '2999-01 has not begun'],
  ])('says of %s what is allowed', async (args, said) => {
    const { code, err } = await run(...args);
    expect(code).toBe(1);
    expect(err.join('\n')).toContain(said);
    expect(server.requests).toEqual([]);
  });
});

test('a month ends with itself, or now; a day of it is a query of its own', () => {
  const now = Date.UTC(2026, 10, 3, 12);
  expect(daysOf(monthAt('2026-10', now))).toHaveLength(31);
  const days = daysOf(monthAt('2026-11', now));
  expect(days).toHaveLength(3);
  expect(days.at(-1)).toEqual({ from: Date.UTC(2026, 10, 3), to: now });
});

test('a spreadsheet takes no name for a formula, and a comma for part of one', () => {
  const csv = reportCsv('user', [
    { ...row, user: '=HYPERLINK("http://x")' },
    { ...row, user: 'a,b' },
  ]);
  expect(csv).toContain('"\'=HYPERLINK(""http://x"")",1.000000,1,10,0');
  expect(csv).toContain('"a,b",');
});

test('a sum below a cent is not printed as none', () => {
  expect(reportTable('model', [{ ...row, model: RECORD.model!, usd: 0.001 }])).toContain('< 0.01');
});
