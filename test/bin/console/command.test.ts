import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { NAME } from './aws-answers';
import { gatewayInAws, type GatewayInAws } from './gateway-in-aws';

const CLI = join(__dirname, '../../../bin/dist/claude-failover.mjs');
const ALONE = { PATH: process.env['PATH'], AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' };

const start = (args: readonly string[], env: object) =>
  spawn(process.execPath, [CLI, 'console', '--no-open', ...args], { env: { ...ALONE, ...env } as NodeJS.ProcessEnv });

async function failing(args: readonly string[], env: object = {}) {
  const child = start(args, env);
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { err, code };
}

let gateway: GatewayInAws;
beforeAll(async () => {
  gateway = await gatewayInAws([]);
});
afterAll(() => gateway.close());

test('the console opens over a deployed stack, prints its address and what looking costs, and ends with Ctrl-C', async () => {
  const child = start(['--region', 'us-east-1'], gateway.aws.env);
  let out = '';
  for await (const part of child.stdout) {
    out += String(part);
    if (/http:\S+\n/.test(out)) break;
  }
  expect(out).toContain(`${NAME} in us-east-1, to look at: --operate to act`);
  expect(out).toMatch(/looking costs at most 0\.0[0-4]\d USD an hour/);
  const { origin, hash } = new URL(/http:\S+/.exec(out)![0]);
  const ask = (path: string, init: object = {}) =>
    fetch(`${origin}/api/${path}`, { headers: { authorization: `Bearer ${hash.slice(1)}` }, ...init });
  const [look] = (await (await ask('now')).json()) as readonly { readonly gateway: string }[];
  expect(look).toMatchObject({ gateway: `${NAME} in us-east-1`, headline: { level: 'well' } });
  const act = await ask('perform', {
    method: 'POST',
    headers: { authorization: `Bearer ${hash.slice(1)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ gateway: look?.gateway, act: { act: 'drain', host: 'bedrock-us' } }),
  });
  expect(act.status).toBe(403);
  child.kill('SIGINT');
  expect((await once(child, 'exit'))[0]).toBe(0);
}, 60_000);

test.each<[readonly string[], object, RegExp]>([
  [['--region', 'us-east-1'], {}, /AWS does not take your credentials .*AWS_PROFILE/],
  [['--stack', 'http://127.0.0.1:8080'], {}, /shows its own console: open that address/],
  [['--port', 'http'], {}, /'http' is no port/],
])(
  'says of %j what is the matter',
  async (args, env, said) => {
    const { err, code } = await failing(args, env);
    expect(err).toMatch(said);
    expect(code).toBe(1);
  },
  60_000,
);
