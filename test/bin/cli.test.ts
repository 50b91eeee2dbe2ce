import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedDiagnosis } from '../../bin/doctor/run-doctor';

const ROOT = join(__dirname, '../..');
const CREDENTIALS = /^(AWS|ANTHROPIC|GOOGLE|CLAUDE)_/;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CREDENTIALS.test(name)));
const folder = mkdtempSync(join(tmpdir(), 'drill-'));
let start: ChildProcess;
let page = '';

beforeAll(async () => {
  start = spawn(process.execPath, [join(ROOT, 'local/dist/start.mjs'), '--quick', '--port', '0'], { env });
  let said = '';
  for await (const text of start.stdout!) {
    said += String(text);
    page = /Page +(http:\S+)/.exec(said)?.[1] ?? '';
    if (said.includes('Ctrl-C')) break;
  }
}, 30_000);
afterAll(() => {
  start.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function run(command: string, ...args: string[]) {
  const cli = join(ROOT, 'bin/dist/claude-failover.mjs');
  const child = spawn(process.execPath, [cli, command, ...args, '--stack', page], { cwd: folder, env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => void (said.out += String(text)));
  child.stderr.on('data', (text) => void (said.err += String(text)));
  return { child, said, ended: once(child, 'close').then(([code]) => ({ code: code as number, ...said })) };
}

async function doctor(): Promise<{ code: number; findings: readonly CheckedDiagnosis[] }> {
  const { code, out } = await run('doctor', '--json').ended;
  return { code, findings: (JSON.parse(out) as { findings: CheckedDiagnosis[] }).findings };
}

async function setFault(host: string, fault: string | null): Promise<void> {
  const { origin, hash } = new URL(page);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${hash.slice(1)}` };
  const body = JSON.stringify({ action: 'fault', values: { host, fault } });
  const { status } = await fetch(`${origin}/api/faults`, { method: 'POST', headers, body });
  expect(status).toBe(200);
}

const HOSTS = ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2', 'vertex'];

test('the doctor calls every host by name, and names the one that does not answer with its remedy', async () => {
  let well = await doctor();
  // The demo's quick timers give a host up that a busy machine keeps waiting.
  for (let tries = 0; well.code !== 0 && tries < 5; tries += 1) well = await doctor();
  expect(well.code).toBe(0);
  expect(well.findings.filter(({ check }) => check === 'hosts').map(({ subject }) => subject)).toEqual(
    HOSTS.map((host) => `host ${host}`),
  );
  await setFault('vertex', 'credential');
  const { code, findings } = await doctor();
  await setFault('vertex', null);
  expect(code).toBe(1);
  const problems = findings.filter(({ status }) => status === 'problem');
  expect(problems).toMatchObject([{ subject: 'host vertex', detail: expect.stringContaining('credential') as string }]);
}, 30_000);

test('a drained host shows in the doctor, takes nothing, and is back after undrain', async () => {
  expect(await run('drain', 'anthropic', '--for', '10m').ended).toMatchObject({ code: 0 });
  // Until the router has read it, so that the drill below starts while it still believes it.
  let drained = await doctor();
  while (drained.findings.some(({ subject, detail }) => subject === 'host anthropic' && !/drain/.test(detail))) {
    drained = await doctor();
  }
  expect(drained.findings).toContainEqual(
    expect.objectContaining({
      subject: 'host anthropic',
      status: 'warning',
      remedy: 'claude-failover undrain anthropic',
    }),
  );
  expect(await run('undrain', 'anthropic').ended).toMatchObject({ code: 0 });
  expect((await doctor()).findings.filter(({ check }) => check === 'overrides')).toMatchObject([{ status: 'ok' }]);
}, 30_000);

test('shares are set for a while, shown by the doctor, refused where they cannot be meant, and ended', async () => {
  const refused = (...args: string[]) => run('weights', ...args).ended;
  expect(await refused('anthropic=70', 'vertex=40')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/the shares add up to 110 percent; they may not be more than 100/),
  });
  expect(await refused('anthropc=70')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/there is no host anthropc; the hosts are anthropic, /),
  });
  expect((await refused('anthropic=seventy')).err).toMatch(/'anthropic=seventy' is not host=percent/);
  expect((await refused('anthropic=70', 'anthropic=20')).err).toMatch(/'anthropic' has a share already/);
  expect((await refused('anthropic=70', '--for', '2d')).err).toMatch(/'2d' is not a time; .* up to 24h/);
  const all = ['anthropic=24.6', 'bedrock-us-east-1=39.7', 'bedrock-us-west-2=30', 'vertex=5.7'];
  expect((await run('weights', ...all.slice(0, 3), '--for', '10m').ended).out).toMatch(/; the other 5\.7 % begin at/);
  expect((await run('weights', ...all, '--for', '10m').ended).code).toBe(0);
  expect(await refused(...all.slice(0, 3), 'vertex=5')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/add up to 99\.3 percent, and no host is left for the rest; make them 100/),
  });
  expect((await run('weights', 'vertex=60', '--for', '10m').ended).code).toBe(0);
  expect((await run('weights', 'anthropic=0', 'bedrock-us-east-1=100', '--for', '10m').ended).out).toMatch(
    /conversations begin at anthropic 0 %, bedrock-us-east-1 100 %, until 20/,
  );
  const shown = await run('weights').ended;
  expect(shown.out).toMatch(/^anthropic 0 % until .*\nbedrock-us-east-1 100 % until .*\n$/);
  expect((await doctor()).findings.filter(({ check }) => check === 'overrides')).toMatchObject([
    { subject: 'host anthropic', status: 'warning', remedy: 'claude-failover weights --clear' },
    { subject: 'host bedrock-us-east-1', detail: expect.stringMatching(/^100 % of the conversations by /) },
  ]);
  expect((await run('drain', 'vertex', '--for', '10m').ended).code).toBe(0);
  expect((await refused('vertex=10')).err).toMatch(/vertex is in a drain until .*claude-failover undrain vertex first/);
  expect((await run('undrain', 'vertex').ended).code).toBe(0);
  expect((await run('weights', '--clear').ended).out).toMatch(/the chains decide again/);
  expect((await run('weights').ended).out).toBe('no shares are set: the chains decide\n');
}, 90_000);

test('a drill breaks the host, no client fails, and the report says how long each turn took', async () => {
  const out = join(folder, 'report');
  const { code, out: text } = await run(
    ...([
      'drill',
      '--host',
      'anthropic',
      '--for',
      '12s',
      '--calm',
      '3s',
      '--return',
      '40s',
      '--rate',
      '5',
      '--out',
      out,
    ] as const),
  ).ended;
  expect(text).toContain('failed requests            0 of');
  expect(code).toBe(0);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as {
    failed: number;
    figures: { during: { byHost: Record<string, number> }; switchOverMs?: number; fullReturnMs?: number };
  };
  expect(report.failed).toBe(0);
  expect(report.figures.during.byHost['bedrock-us-east-1']).toBeGreaterThan(10);
  expect(report.figures.switchOverMs).toBeLessThan(10_000);
  expect(report.figures.fullReturnMs).toBeGreaterThan(0);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<svg');
}, 90_000);

test('Ctrl-C in a drill restores the host at once', async () => {
  const { child, said, ended } = run('drill', '--host', 'anthropic', '--for', '10m', '--calm', '1s', '--rate', '5');
  while (!said.err.includes('is broken')) await once(child.stderr!, 'data');
  child.kill('SIGINT');
  await ended;
  expect((await doctor()).findings.filter(({ check }) => check === 'overrides')).toMatchObject([{ status: 'ok' }]);
}, 60_000);

test('a drill is refused where no fallback is healthy, and for a host that there is not', async () => {
  const fallbacks = HOSTS.slice(1);
  await Promise.all(fallbacks.map((host) => setFault(host, 'server-error')));
  const refused = await run('drill', '--host', 'anthropic').ended;
  await Promise.all(fallbacks.map((host) => setFault(host, null)));
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringContaining('no fallback of anthropic is healthy') as string,
  });
  expect(await run('drill', '--host', 'nope').ended).toMatchObject({
    code: 1,
    err: expect.stringContaining(`the hosts are ${HOSTS.join(', ')}`) as string,
  });
}, 30_000);

test('a region that only the environment names is not taken out', async () => {
  const child = run('drill');
  const { code, err } = await child.ended;
  expect([code, err]).toEqual([
    1,
    expect.stringContaining('give --host <name>, the host to break, or --region <region>'),
  ]);
});
