import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG, gatewayInAws, type GatewayInAws } from './gateway-in-aws';
import { type Asked, askedOfIam } from './asked-of-iam';
import { NAME } from './aws-answers';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}
const statements = (file: string): readonly Statement[] =>
  JSON.parse(readFileSync(join(__dirname, '../../../docs', file), 'utf8')).Statement;
const READ = statements('console-read-policy.json');
const OPERATE = statements('console-operate-policy.json');

const many = (value: string | readonly string[]): readonly string[] => [value].flat();
const fits = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*')}$`).test(text);
const allows = (policy: readonly Statement[], { action, resource }: Asked): boolean =>
  policy.some(
    ({ Effect, Action, Resource }) =>
      Effect === 'Allow' && many(Action).includes(action) && many(Resource).some((pattern) => fits(pattern, resource)),
  );

let gateway: GatewayInAws;
let looked: readonly Asked[];
let acted: readonly Asked[];
const asked = (): Asked[] => gateway.aws.requests.splice(0).map(askedOfIam);

beforeAll(async () => {
  const audit = { stream: 'ClaudeFailover-Audit', bucket: 'b', format: 'json' };
  // The canary's key is read at API Gateway.
  gateway = await gatewayInAws([], { key: undefined, keyId: 'k2', audit });
  const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:ClaudeFailover-AbCdEf';
  const anthropic = { kind: 'anthropic', name: 'anthropic', keys: [{ secretArn }] };
  Object.assign(gateway.account, { config: { ...CONFIG, hosts: [anthropic, ...CONFIG.hosts] } });
  gateway.account.metrics = { 'HostFailures|bedrock-us|Sum': 9 };
  gateway.account.history = [
    {
      AlarmName: `${NAME}/Down`,
      Timestamp: 1,
      HistoryItemType: 'Action',
      HistorySummary: `Successfully executed action ${gateway.account.description.pageTopic}`,
    },
  ];
  const source = await gateway.open();
  const span = { from: Date.now() - 600_000, to: Date.now() };
  await source.now();
  await source.search({ ...span, gateway: source.gateway, limit: 10 });
  await source.journey('gw_1', span);
  await source.series(span, 60_000);
  await source.setUp();
  looked = asked();
  await source.perform({ act: 'drain', host: 'bedrock-us' });
  await source.perform({ act: 'undrain', host: 'bedrock-us' });
  acted = asked();
});
afterAll(() => gateway.close());

test('whoever has the policy for reading sees every view', () => {
  expect(looked.filter((each) => !allows(READ, each))).toEqual([]);
});

test('and may not change anything', () => {
  const words = READ.flatMap(({ Action }) => many(Action));
  expect(words.filter((word) => !/:(Get|List|Describe|Query|GET|StartQuery)/.test(word))).toEqual([]);
  expect(acted.filter(({ action }) => /Put|Delete/.test(action)).every((each) => !allows(READ, each))).toBe(true);
});

test('whoever has the one for operating as well acts, and is recorded', () => {
  expect(acted.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'firehose:PutRecord']),
  );
  expect(acted.filter((each) => !allows([...READ, ...OPERATE], each))).toEqual([]);
});

test('no right is there that nothing asks for', () => {
  const used = new Set([...looked, ...acted].map(({ action }) => action));
  const unused = [...READ, ...OPERATE].flatMap(({ Action }) => many(Action)).filter((action) => !used.has(action));
  // Of other shapes, and of a pair of regions.
  expect(unused.sort()).toEqual([
    'route53:GetHealthCheckStatus',
    's3:GetObject',
    'secretsmanager:DescribeSecret',
    'ssm:GetParameter',
  ]);
});
