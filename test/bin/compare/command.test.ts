import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatedHost, startSimulatedHost } from '../../../local/hosts';
import { AWS, ENV, HOST_SETUPS } from '../../e2e/host-setups';

const CLI = join(__dirname, '../../../bin/dist/claude-failover.mjs');
const folder = mkdtempSync(join(tmpdir(), 'compare-command-'));
const NAMES = ['anthropic', 'bedrock'] as const;
const hosts: SimulatedHost[] = [];
let env: Record<string, string>;

beforeAll(async () => {
  for (const name of NAMES) {
    hosts.push(await startSimulatedHost({ name, deltaDelayMs: 0, aws: AWS, ...HOST_SETUPS[name].simulated }));
  }
  const config = JSON.stringify({
    hosts: NAMES.map((name, index) => HOST_SETUPS[name].config(hosts[index]!.url)),
    models: ['claude-opus-5-5'],
    routes: [{ chain: NAMES }],
  });
  writeFileSync(join(folder, 'router.json'), config);
  const prompt = { max_tokens: 50, messages: [{ role: 'user', content: 'Hello' }] };
  writeFileSync(join(folder, 'prompts.jsonl'), `${JSON.stringify(prompt)}\n`);
  env = { ...ENV, PATH: process.env['PATH'] ?? '', FAILOVER_CONFIG: config };
});
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()));
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runWith(env, ...args);

async function runWith(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [CLI, 'compare', ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => void (said.out += String(text)));
  child.stderr.on('data', (text) => void (said.err += String(text)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

test('the samples go to every link of the environment’s configuration: a table, a page, and code 0', async () => {
  const { code, out, err } = await run('--yes', '--out', 'samples.html');
  expect({ code, err }).toMatchObject({
    code: 0,
    err: expect.stringContaining('40 requests, which cost at most') as string,
  });
  expect(out).toMatch(/^ {2}link +answered +same tools/);
  expect(out).toMatch(/^ {2}bedrock +20\/20/m);
  expect(readFileSync(join(folder, 'samples.html'), 'utf8')).toContain('parallel tools');
});

test('a limit that does not hold is code 1, and says which link and which limit', async () => {
  await hosts[1]!.setFault({ kind: 'overloaded' });
  const args = ['--requests', 'prompts.jsonl', '--config', 'router.json', '--max-cost', '1', '--json'];
  const { code, out, err } = await run(...args, '--min-answered', '0.9');
  expect(code).toBe(1);
  expect(err).toContain('bedrock: 0 of 1 (--min-answered 0.9)');
  expect(JSON.parse(out)).toMatchObject({ reference: 'anthropic', broken: ['bedrock: 0 of 1 (--min-answered 0.9)'] });
  expect(await run(...args)).toMatchObject({ code: 0 });
  await hosts[1]!.setFault();
});

test.each([
  [[], 'nobody is here to agree'],
  [['--yes', '--requests', 'nowhere.jsonl'], 'cannot read nowhere.jsonl'],
  [['--yes', '--config', 'prompts.jsonl'], 'configuration has'],
  [['--yes', '--min-valid', '95'], "'95' is not a share; use 0 to 1"],
  [['--yes', '--concurrency', '0'], 'not a whole number from 1'],
  [['--yes', '--out', 'nowhere/page.html'], 'cannot write into nowhere'],
])('compare %j ends with code 1, its reason, and no page', async (args, reason) => {
  const { code, err } = await run('--out', 'none.html', ...args);
  expect(code).toBe(1);
  expect(err).toContain(reason);
  expect(existsSync(join(folder, 'none.html'))).toBe(false);
});

test('without a configuration it says where it looks for one', async () => {
  const { FAILOVER_CONFIG: _, ...bare } = env;
  expect(await runWith(bare, '--yes')).toMatchObject({
    code: 1,
    err: 'claude-failover: no configuration: name its file by --config, or set FAILOVER_CONFIG or FAILOVER_CONFIG_PARAMETER\n',
  });
});
