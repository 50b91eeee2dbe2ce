import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseConfig } from '../../lambda/gateway/config/config';
import { createServingRouter } from '../../lambda/server/serving-router';
import { createGatewayServer } from '../../lambda/server/server';
import { startHealthTable, type SimulatedTable } from '../../local/health-table/health-table';

const KEY = 'simulated-operator-key';
const AWS = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
let table: SimulatedTable;
let page = '';
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  table = await startHealthTable('health');
  const config = parseConfig(
    JSON.stringify({
      hosts: [{ name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] }],
      models: ['claude-opus-5-5'],
      routes: [{ chain: ['anthropic'] }],
      clients: [
        { name: 'platform', keySha256: sha256('team'), spend: { monthly: 500 } },
        { name: 'finance', keySha256: sha256(KEY), operator: true },
      ],
      telemetry: { logs: false, metrics: false },
    }),
  );
  const router = createServingRouter(config, {
    ...AWS,
    KEY: 'key',
    FAILOVER_HEALTH_TABLE: table.name,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  });
  const gateway = createGatewayServer(router.handle);
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const description = { url, region: 'us-east-1', healthTable: { name: table.name, endpoint: table.endpoint } };
  const stack = createServer((_, response) => response.end(JSON.stringify(description)));
  stack.listen(0, '127.0.0.1');
  await once(stack, 'listening');
  page = `http://127.0.0.1:${(stack.address() as AddressInfo).port}`;
  closing.push(
    () => gateway.close(),
    () => stack.close(),
    () => router.close(),
    () => table.close(),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

async function spend(args: readonly string[], key: string | undefined = KEY) {
  const cli = join(__dirname, '../../bin/dist/claude-failover.mjs');
  const env = { ...process.env, ...(key !== undefined && { CLAUDE_FAILOVER_OPERATOR_KEY: key }) };
  const child = spawn(process.execPath, [cli, 'spend', ...args, '--stack', page], { env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => void (said.out += String(text)));
  child.stderr.on('data', (text) => void (said.err += String(text)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

it('an operator sets limits, sees them beside those of the configuration, and takes them away', async () => {
  expect(await spend(['set', '12.50', '--team', 'platform', '--period', 'daily'])).toMatchObject({
    code: 0,
    out: 'team platform: 12.50 USD daily; routers see it within seconds\n',
  });
  await spend(['set', '2', '--team', 'platform', '--user', 'ann', '--period', 'daily']);
  const { out } = await spend(['limits']);
  expect(
    out
      .replace(/\d{4}-\d\d-\d\d/g, 'DAY')
      .split('\n')
      .sort(),
  ).toEqual([
    '',
    'team platform: 12.50 USD daily (operator, DAY)',
    'team platform: 500.00 USD monthly (configuration)',
    'user platform/ann: 2.00 USD daily (operator, DAY)',
  ]);
  expect((await spend(['show'])).out.split('\n')).toContain('team platform: 0.00 USD of 500.00 USD monthly');
  expect((await spend(['remove', '--team', 'platform', '--period', 'daily'])).code).toBe(0);
  expect((await spend(['limits'])).out).not.toContain('12.50');
}, 30_000);

it.each([
  ['a limit of the configuration', ['remove', '--team', 'platform'], /no monthly limit but that of the configuration/],
  ['a user without a team', ['set', '5', '--user', 'ann'], /a user belongs to a team/],
  ['an amount that is none', ['set', 'five'], /give USD, such as 500/],
  [
    'a team that there is not',
    ['set', '5', '--team', 'platfrom'],
    /no team 'platfrom'; the teams are platform, finance/,
  ],
])(
  'says what is wrong with %s',
  async (_, args, why) => {
    const { code, err } = await spend(args);
    expect(code).not.toBe(0);
    expect(err).toMatch(why);
  },
  15_000,
);

it("does nothing with a team's key", async () => {
  expect((await spend(['limits'], 'team')).err).toMatch(/spend limits are for operators/);
}, 15_000);
