import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulatedHost, type SimulatedHost } from '../../local/hosts';
import { MODEL } from './harness';
import { STREAMED } from './raw-client';

const CLI = join(__dirname, '../../bin/dist/claude-failover.mjs');
const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const file = join(folder, 'router.json');
let host: SimulatedHost;
let child: ChildProcess;
let said = '';
let url = '';
const sockets: Socket[] = [];

beforeEach(async () => {
  host = await startSimulatedHost({ name: 'anthropic', kind: 'anthropic', deltaDelayMs: 30 });
});
afterEach(async () => {
  sockets.splice(0).forEach((socket) => socket.destroy());
  if (child.exitCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await host.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (models: readonly string[], extra: object = {}) => {
  const hosts = [{ name: 'anthropic', kind: 'anthropic', endpoint: host.url, keys: [{ env: 'SIMULATED_KEY' }] }];
  writeFileSync(file, JSON.stringify({ hosts, models, routes: [{ chain: ['anthropic'] }], ...extra }));
};

async function serve(...options: string[]): Promise<void> {
  write([MODEL]);
  const env = { PATH: process.env['PATH'], SIMULATED_KEY: 'simulated' };
  child = spawn(process.execPath, [CLI, 'serve', '--config', file, '--port', '0', ...options], { env });
  said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => void (said += String(text)));
  await eventually(() => said.includes('listening on '), 'the server listens');
  url = /listening on (\S+)/.exec(said)![1]!;
}

const health = async () => (await fetch(`${url}/health`)).status;
const ask = (headers = {}) =>
  fetch(`${url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', ...headers },
    body: JSON.stringify(STREAMED),
  });
const models = async () => {
  const { data } = (await (await fetch(`${url}/v1/models`)).json()) as { data: { id: string }[] };
  return data.map(({ id }) => id);
};
const exitCode = async () =>
  child.exitCode === null ? ((await once(child, 'exit'))[0] as number | null) : child.exitCode;

function open(text: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => socket.write(text));
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

describe('SIGTERM', () => {
  it('lets /health fail first, while requests are still taken; then the port closes, and the stream is finished', async () => {
    await serve('--stop-grace', '1s');
    const stream = await ask();
    child.kill('SIGTERM');
    await eventually(async () => (await health()) === 503, '/health says 503');
    const late = await ask();
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
    await eventually(
      () =>
        fetch(url).then(
          () => false,
          () => true,
        ),
      'the port is closed',
    );
    expect(await stream.text()).toContain('message_stop');
    expect(await late.text()).toContain('message_stop');
    expect(await exitCode()).toBe(0);
  });

  it('writes the metrics of its last minute, the stream that it finished among them', async () => {
    await serve('--stop-grace', '0s');
    await (await ask()).text();
    const stream = await ask();
    expect(said).not.toContain('_aws');
    child.kill('SIGTERM');
    await stream.text();
    expect(await exitCode()).toBe(0);
    const lines = said.split('\n').filter((line) => line.includes('_aws'));
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { HostFailures: { Count: 2, Sum: 0 }, Host: 'anthropic' },
      { Requests: { Values: [1], Counts: [2], Sum: 2 }, Duration: { Count: 2 } },
    ]);
  });

  it('does not wait for idle connections, nor for a request whose headers never end', async () => {
    await serve('--stop-grace', '0s');
    expect(await health()).toBe(200);
    const idle = open('GET /health HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(idle, 'data');
    const half = open('POST /v1/messages HTTP/1.1\r\nhost:');
    await health();
    const gone = Promise.all([idle, half].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    const before = Date.now();
    child.kill('SIGTERM');
    await gone;
    expect(await exitCode()).toBe(0);
    expect(Date.now() - before).toBeLessThan(4000);
  });

  it('has a limit: a request that never arrives whole does not keep the process alive', async () => {
    await serve('--stop-grace', '0s', '--stop-limit', '1s');
    open('POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    await health();
    child.kill('SIGTERM');
    expect(await exitCode()).toBe(0);
  });
});

describe('SIGHUP', () => {
  it('takes the new configuration for new requests; a stream of the old one is finished', async () => {
    await serve();
    const stream = await ask();
    write(['claude-haiku-4-5']);
    child.kill('SIGHUP');
    await eventually(() => said.includes('is in force'), 'the new configuration is in force');
    expect(await models()).toEqual(['claude-haiku-4-5-20251001']);
    expect((await ask()).status).toBe(404);
    expect(await stream.text()).toContain('message_stop');
  });

  it.each([
    ['that is wrong', () => write(['claude-nobody']), 'unknown model "claude-nobody"'],
    ['that is not JSON', () => writeFileSync(file, '{'), 'not valid JSON'],
    [
      'whose key is missing',
      () => write([MODEL], { hosts: [{ name: 'anthropic', kind: 'anthropic', keys: [{ env: 'NO_KEY' }] }] }),
      'NO_KEY',
    ],
    ['that is gone', () => rmSync(file), 'cannot read'],
  ])('keeps the old configuration for one %s, and says so', async (_what, change, problem) => {
    await serve();
    change();
    child.kill('SIGHUP');
    await eventually(() => said.includes('is not taken'), 'the refusal is on stderr');
    expect(said).toContain(problem);
    expect(await models()).toEqual([MODEL]);
    expect((await ask()).status).toBe(200);
  });
});

async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(10)) if (await holds()) return;
  throw new Error(`never came true: ${what}`);
}
