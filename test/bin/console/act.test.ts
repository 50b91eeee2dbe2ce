import type { RouterEntry } from '../../../lib/contract';
import type { Act } from '../../../console/source';
import { askedOf, CONFIG, gatewayInAws, type GatewayInAws } from './gateway-in-aws';
import { TABLE } from './aws-answers';

const MINUTE_MS = 60_000;
const AUDIT = { stream: 'ClaudeFailover-Audit', bucket: 'b', format: 'json' };
const PAIR = {
  name: 'claude.example.com',
  other: { region: 'eu-central-1', stack: 'Other' },
  healthCheck: 'h',
  checkSeconds: 10,
  checkFailures: 3,
};
let gateway: GatewayInAws | undefined;
afterEach(async () => {
  delete process.env['CLAUDE_FAILOVER_OPERATOR_KEY'];
  await gateway?.close();
});

const written = (): Record<string, unknown>[] =>
  (gateway?.aws.requests ?? []).flatMap(({ headers, body }) =>
    /\.(PutItem|DeleteItem)$/.test(String(headers['x-amz-target'])) ? [JSON.parse(String(body))] : [],
  );

async function sourceWith(table: readonly RouterEntry[] = [], change: object = {}) {
  gateway = await gatewayInAws([], change);
  gateway.account.table = table;
  return gateway.open();
}

const override = (host: string, action: 'drain' | 'weight', percent?: number): RouterEntry => ({
  type: 'override',
  host,
  action,
  ...(percent !== undefined && { percent }),
  until: Date.now() + MINUTE_MS,
  at: Date.now(),
  by: 'ada',
});

test('a drain is shown before it is done, and then stands in the table that routers read', async () => {
  const source = await sourceWith();
  const act: Act = { act: 'drain', host: 'bedrock-us', minutes: 30 };
  const { does, until = 0, needs, isAudited, refusal } = await source.preview(act);
  expect(does).toContain('bedrock-us takes no requests');
  expect(Math.abs(until - Date.now() - 30 * MINUTE_MS)).toBeLessThan(5000);
  expect(needs).toBe(`dynamodb:PutItem on the table ${TABLE}`);
  expect({ isAudited, refusal }).toEqual({ isAudited: false, refusal: undefined });
  expect(written()).toEqual([]);
  expect(await source.perform(act)).toMatch(/^Done, until .*routers see it within seconds/);
  expect(written()).toMatchObject([
    { TableName: TABLE, Item: { entry: { S: 'override#bedrock-us' }, action: { S: 'drain' } } },
  ]);
});

test('a drain is taken back', async () => {
  const source = await sourceWith();
  await source.perform({ act: 'undrain', host: 'bedrock-us' });
  expect(written()).toMatchObject([{ Key: { entry: { S: 'override#bedrock-us' } } }]);
});

test('where there is an audit trail, the record comes first', async () => {
  const source = await sourceWith([], { audit: AUDIT });
  const act: Act = { act: 'drain', host: 'bedrock-us' };
  expect(await source.preview(act)).toMatchObject({
    isAudited: true,
    needs: expect.stringContaining('firehose:PutRecord'),
  });
  await source.perform(act);
  const asked = askedOf(gateway!.aws);
  expect(asked.indexOf('firehose PutRecord')).toBeGreaterThan(-1);
  expect(asked.indexOf('firehose PutRecord')).toBeLessThan(asked.lastIndexOf('dynamodb PutItem'));
});

test.each<[Act, readonly RouterEntry[], RegExp]>([
  [{ act: 'drain', host: 'nobody' }, [], /no host nobody; the hosts are bedrock-us, bedrock-eu/],
  [{ act: 'drill', host: 'bedrock-us', minutes: 5 }, [override('bedrock-eu', 'drain')], /no other host is well/],
  [
    { act: 'weight', host: 'bedrock-us', percent: 60, minutes: 5 },
    [override('bedrock-eu', 'weight', 50)],
    /110 percent/,
  ],
  [
    { act: 'weight', host: 'bedrock-us', percent: 20, minutes: 5 },
    [override('bedrock-eu', 'weight', 50)],
    /no host without/,
  ],
  [{ act: 'weight', host: 'bedrock-us', percent: 20, minutes: 5 }, [override('bedrock-us', 'drain')], /is in a drain/],
  [{ act: 'region-out', minutes: 5 }, [], /the gateway in us-east-1 is alone/],
  [{ act: 'spend-limit', scope: 'team:alpha', period: 'daily', usd: 5 }, [], /counts no spend/],
  [{ act: 'rotate-key', client: 'alpha' }, [], /rotated by a deployment.*'alpha-next'/],
  [{ act: 'rotate-key', client: 'nobody' }, [], /no team nobody; the teams are alpha/],
])('%j is refused, and why stands there before', async (act, table, why) => {
  const source = await sourceWith(table);
  expect((await source.preview(act)).refusal).toMatch(why);
  await expect(source.perform(act)).rejects.toThrow(why);
  expect(written()).toEqual([]);
});

test('weights and drills that hurt nobody are done', async () => {
  const source = await sourceWith([override('bedrock-eu', 'weight', 50)]);
  await source.perform({ act: 'weight', host: 'bedrock-us', percent: 50, minutes: 5 });
  await source.perform({ act: 'drill', host: 'bedrock-us', minutes: 5 });
  expect(written()).toMatchObject([
    { Item: { action: { S: 'weight' }, percent: { N: '50' } } },
    { Item: { action: { S: 'drill' } } },
  ]);
});

test('a region whose other one does not serve stays in', async () => {
  const source = await sourceWith([], { pair: PAIR });
  const { refusal } = await source.preview({ act: 'region-out', minutes: 5 });
  expect(refusal).toMatch(/eu-central-1 does not serve/);
  await source.perform({ act: 'region-in' });
  expect(written()).toMatchObject([{ Key: { entry: { S: 'override#(region)' } } }]);
});

test('a spend limit goes to the gateway itself, with the key of an operator', async () => {
  gateway = await gatewayInAws([]);
  Object.assign(gateway.account, { config: { ...CONFIG, spend: { perTeam: { daily: 10 } } } });
  const source = await gateway.open();
  const act: Act = { act: 'spend-limit', scope: 'team:alpha', period: 'daily', usd: 12.5 };
  expect((await source.preview(act)).refusal).toMatch(/CLAUDE_FAILOVER_OPERATOR_KEY/);
  process.env['CLAUDE_FAILOVER_OPERATOR_KEY'] = 'operator-key';
  gateway.door.reply = (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        id: 'spl_1',
        scope: { type: 'workspace', workspace_id: 'alpha' },
        amount: '1250',
        period: 'daily',
      }),
    );
  expect(await source.perform(act)).toBe('team alpha: 12.50 USD daily; routers see it within seconds');
  const { headers, body, path } = gateway.door.requests.at(-1)!;
  expect(path).toContain('/v1/organizations/spend_limits');
  expect(headers.authorization).toBe('Bearer operator-key');
  expect(JSON.parse(String(body))).toMatchObject({ amount: '1250', scope: { workspace_id: 'alpha' }, period: 'daily' });
});
