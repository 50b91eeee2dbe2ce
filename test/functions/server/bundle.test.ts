import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Anthropic from '@anthropic-ai/sdk';
import { startSimulatedHost, type SimulatedHost } from '../../../local/hosts';

const BUNDLE = join(__dirname, '../../../lambda/functions/server/dist/index.mjs');
const MODEL = 'claude-opus-5-5';

let hosts: SimulatedHost[] = [];
let running: ChildProcess | undefined;
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'server-'))));
afterEach(async () => {
  if (running && running.exitCode === null) {
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
  await Promise.all(hosts.map((host) => host.close()));
  hosts = [];
  rmSync(folder, { recursive: true });
});

/** The one file alone, as a container has it. */
async function start(env: Record<string, string>): Promise<{ process: ChildProcess; url: string }> {
  const file = join(folder, 'index.mjs');
  copyFileSync(BUNDLE, file);
  running = spawn(process.execPath, [file], { env, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: running.stdout! })) {
    const { port } = JSON.parse(line) as { port: number };
    return { process: running, url: `http://127.0.0.1:${port}` };
  }
  throw new Error('it has ended before it listened');
}

async function twoHosts(): Promise<Record<string, string>> {
  hosts = [
    await startSimulatedHost({ name: 'first', kind: 'anthropic', deltaDelayMs: 20 }),
    await startSimulatedHost({ name: 'second', kind: 'anthropic', deltaDelayMs: 20 }),
  ];
  const config = {
    hosts: hosts.map(({ name, url }) => ({ name, kind: 'anthropic', endpoint: url, keys: [{ env: 'HOST_KEY' }] })),
    models: [MODEL],
    routes: [{ chain: ['first', 'second'] }],
    openHealth: true,
  };
  return { FAILOVER_CONFIG: JSON.stringify(config), HOST_KEY: 'simulated-key' };
}

const ask = (url: string) =>
  new Anthropic({ apiKey: 'any', baseURL: url, maxRetries: 0 }).messages.stream({
    model: MODEL,
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello' }],
  });

it('listens where a Web Function says, and rescues a request', async () => {
  const env = await twoHosts();
  await hosts[0]!.setFault({ kind: 'refused' });
  const { url } = await start({ ...env, AWS_LAMBDA_HTTP_ENDPOINT: '127.0.0.1:0' });
  expect((await ask(url).finalMessage()).stop_reason).toBe('end_turn');
  expect((await (await fetch(`${url}/health`)).json()) as object).toMatchObject({ status: expect.any(String) });
});

it('finishes a stream that is under way when it is told to stop, and reports itself as leaving', async () => {
  const { process: server, url } = await start({ ...(await twoHosts()), PORT: '0' });
  const stream = ask(url);
  await new Promise((resolve) => stream.once('text', resolve));
  server.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await fetch(`${url}/health`)).status).toBe(503);
  expect((await stream.finalMessage()).stop_reason).toBe('end_turn');
  const [code] = (await once(server, 'exit')) as [number | null];
  expect(code).toBe(0);
});

it('does not start with a configuration that is wrong', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  running = spawn(process.execPath, [BUNDLE], { env: { FAILOVER_CONFIG: '{}' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  running.stderr!.on('data', (part: Buffer) => (said += part.toString()));
  running.once('exit', resolve);
  expect(await promise).not.toBe(0);
  expect(said).toContain('hosts');
});
