import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { SPEND_REPORT_ENV } from '../../../lib/contract/governance/spend-report';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import { FailoverGateway } from '../../../lib/gateway/failover-gateway';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { Host } from '../../../lib/hosts/host';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import { runQuery } from '../../../local/logs-insights/run-query';
import { requestLine, requestLines } from '../../functions/spend-report/request-lines';
import { functionNamed, statementsOf } from '../router/router-stack';

const TEAMS = [{ name: 'alpha' }, { name: 'alpha-2' }];

function template(props: Partial<FailoverGatewayProps> = {}, scope?: (stack: Stack) => Partial<FailoverGatewayProps>) {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  new FailoverGateway(stack, 'Gateway', {
    models: ['claude-opus-5-5', 'claude-haiku-5-5'],
    chain: [Host.bedrock({ region: 'us-east-1' }), Host.bedrock({ region: 'us-west-2', name: 'second' })],
    auth: ClientAuth.apiKeys({ teams: TEAMS }),
    pageEmails: ['on-call@example.com'],
    ...props,
    ...scope?.(stack),
  });
  return Template.fromStack(stack);
}

interface Widget {
  readonly width: number;
  readonly y: number;
  readonly properties: { readonly title?: string; readonly query?: string; readonly view?: string };
}

function widgets(from: Template): Widget[] {
  const [dashboard] = Object.values(from.findResources('AWS::CloudWatch::Dashboard'));
  const parts = dashboard?.['Properties']['DashboardBody']['Fn::Join'][1] as unknown[];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'token')).join('')).widgets as Widget[];
}

const titled = (from: Template, title: string): Widget | undefined =>
  widgets(from).find(({ properties }) => properties.title === title);
/** Without its source. */
const query = (widget: Widget | undefined): string => widget!.properties.query!.replace(/^SOURCE.*?\| /, '');

const complete = template({ spendReport: {} });

test('nothing is there unless it is asked for', () => {
  const plain = template();
  expect(Object.keys(plain.findResources('AWS::Lambda::Function')).filter((id) => id.includes('SpendReport'))).toEqual(
    [],
  );
  expect(titled(plain, 'Cost by team, USD a minute')).toBeUndefined();
});

test('the function may query the log of the router and no other, and tell the notice topic', () => {
  const statements = statementsOf(complete, 'GatewaySpendReportRole').filter(
    ({ Action }) => !/logs:(Create|Put)|xray:/.test(String(Action)),
  );
  const group = Object.keys(complete.findResources('AWS::Logs::LogGroup')).find((id) => id.includes('RouterLogGroup'));
  expect(group).toMatch(/RouterLogGroup[0-9A-F]{8}$/);
  const topic = Object.keys(complete.findResources('AWS::SNS::Topic')).find((id) => id.includes('Notice'));
  expect(statements).toEqual([
    {
      Action: 'logs:StartQuery',
      Effect: 'Allow',
      Resource: {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, ':logs:us-east-1:123456789012:log-group:', { Ref: group }, ':*'],
        ],
      },
    },
    { Action: 'logs:GetQueryResults', Effect: 'Allow', Resource: '*' },
    { Action: 'sns:Publish', Effect: 'Allow', Resource: { Ref: topic } },
  ]);
});

test('a topic with a key of its own takes the messages too', () => {
  const from = template({ spendReport: {} }, (stack) => ({ encryptionKey: new kms.Key(stack, 'Key') }));
  expect(functionNamed(from, 'GatewaySpendReport').KmsKeyArn).toBeDefined();
});

test.each([
  [{}, 'daily,anomalies'],
  [{ daily: false }, 'anomalies'],
  [{ anomalies: false }, 'daily'],
])('with %j it tells %s, in the night after the day', (spendReport, tells) => {
  const from = template({ spendReport });
  expect(functionNamed(from, 'GatewaySpendReport').Environment.Variables[SPEND_REPORT_ENV.TELLS]).toBe(tells);
  from.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(30 0 * * ? *)' });
});

test('where nothing is to be told there is no function, and the dashboard may do without', () => {
  const from = template({ spendReport: { daily: false, anomalies: false, onDashboard: false } });
  expect(Object.keys(from.findResources('AWS::Lambda::Function')).filter((id) => id.includes('SpendReport'))).toEqual(
    [],
  );
  expect(titled(from, 'Cost by team, model and host')).toBeUndefined();
});

test.each([RouterShape.lambda(), RouterShape.webFunction()])('it is there in every shape', (shape) => {
  const from = template({ shape, auth: undefined, clients: [{ name: 'alpha' }], spendReport: {} });
  expect(functionNamed(from, 'GatewaySpendReport').Timeout).toBe(900);
  expect(titled(from, 'Cost by team, USD a minute')).toBeDefined();
});

/** As Logs Insights writes it. */
const toldTime = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, -1);

describe('the dashboard', () => {
  const minute = Date.UTC(2026, 10, 27, 9);
  const sampled = requestLine(minute + 30_000, { costUsd: 0.1, client: 'alpha-2', host: 'second' }, 0.1)!;
  const events = [
    ...requestLines(minute, { host: 'bedrock-us-east-1' }, { client: 'alpha-2', host: 'second' }),
    sampled,
    ...requestLines(minute + 60_000, { host: 'second', model: 'claude-haiku-5-5', costUsd: 0.25 }),
  ];
  const drawn = (title: string) => runQuery(query(titled(complete, title)), events);

  test('draws the cost of each team by the minute, one with another name for part of its own not counted in', () => {
    const [first, second] = drawn('Cost by team, USD a minute');
    expect(first).toEqual({ 'bin(1m)': toldTime(minute), alpha: '0.5', alpha_2: '1.5' });
    expect(second).toEqual({ 'bin(1m)': toldTime(minute + 60_000), alpha: '0.25', alpha_2: '0' });
  });

  test('draws models and hosts alike', () => {
    expect(drawn('Cost by model, USD a minute')[1]).toMatchObject({ claude_haiku_5_5: '0.25', claude_opus_5_5: '0' });
    const hosts = drawn('Cost by host, USD a minute')[0];
    expect(hosts).toMatchObject({ second: '1.5' });
  });

  test('has a table of all, with what has no price', () => {
    const unpriced = requestLines(minute, { costUsd: undefined, model: 'my-model', client: 'gamma' });
    const table = runQuery(query(titled(complete, 'Cost by team, model and host')), [...events, ...unpriced]);
    expect(table[0]).toMatchObject({ client: 'alpha-2', host: 'second', cost: '1.5', lines: '2', withoutPrice: '0' });
    expect(table.at(-1)).toEqual({
      client: 'gamma',
      served: 'my-model',
      host: 'anthropic',
      lines: '1',
      withoutPrice: '1',
    });
  });

  test('fills its rows, whatever is known of teams', () => {
    for (const auth of [ClientAuth.apiKeys({ teams: TEAMS }), ClientAuth.iam()]) {
      const rows = Map.groupBy(widgets(template({ auth, spendReport: {} })), ({ y }) => y);
      const widths = [...rows.values()].map((row) => row.reduce((sum, { width }) => sum + width, 0));
      expect(new Set(widths)).toEqual(new Set([24]));
    }
  });
});
