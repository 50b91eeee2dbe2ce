import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import { createHealthStore } from '../../lambda/gateway/state/health-store';
import type { StackDescription } from '../../lib/contract';

const BUNDLE = join(__dirname, '../../local/dist/start.mjs');
const started: ChildProcessWithoutNullStreams[] = [];
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

const CREDENTIALS = /^(AWS|ANTHROPIC|GOOGLE)_/;

function npmStart(...args: string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CREDENTIALS.test(name)));
  const child = spawn(process.execPath, [BUNDLE, ...args], { env });
  started.push(child);
  const said = { text: '' };
  const add = (text: unknown) => void (said.text += String(text));
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => said.text.includes('Ctrl-C') && resolve(said.text));
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said.text}`)));
  });
  // Whoever waits for the end does not wait for this.
  ready.catch(() => {});
  return { child, said, ready, ended: once(child, 'exit') as Promise<[number | null]> };
}

test('npm start serves the deployed bundle behind its front door, tells where, and ends with Ctrl-C', async () => {
  const { child, said, ready, ended } = npmStart('--quick', '--port', '0');
  const text = await ready;
  const [page, gateway] = ['Page', 'Gateway'].map((name) => new RegExp(`${name} +(http:\\S+)`).exec(text)?.[1] ?? '');

  const client = new Anthropic({ baseURL: gateway, apiKey: 'any', maxRetries: 0 });
  const body = { model: 'claude-opus-5-5', max_tokens: 50, messages: [{ role: 'user' as const, content: 'hello' }] };
  const { data, response } = await client.messages.create(body).withResponse();
  expect([data.role, response.headers.get('x-failover-trace')]).toEqual(['assistant', 'anthropic:ok']);
  const streamed = await client.messages.stream(body).finalMessage();
  expect(streamed.content).toEqual(data.content);
  expect(await (await fetch(page!)).text()).toContain('page.js');

  // The way of the command line: where it is, and what it can do, from `stack.json`.
  const stack = (await (await fetch(new URL('/stack.json', page))).json()) as StackDescription;
  expect(stack.url).toBe(gateway);
  const store = createHealthStore(stack.healthTable.name, {
    AWS_REGION: stack.region,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    AWS_ENDPOINT_URL_DYNAMODB: stack.healthTable.endpoint,
  });
  const at = Date.now();
  await store.write({ type: 'override', host: 'anthropic', action: 'drain', at, until: at + 60_000, by: 'test' });
  const first = async () =>
    (await client.messages.create(body).withResponse()).response.headers.get('x-failover-trace');
  while ((await first()) === 'anthropic:ok') await setTimeout(100);
  expect(await first()).toBe('anthropic:skipped-drained, bedrock-us-east-1:ok');

  const linesBefore = said.text;
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(said.text).toBe(linesBefore);
  await expect(fetch(gateway!)).rejects.toThrow();
}, 30_000);

test.each([
  [['--real'], /no credentials for any host[^]*ANTHROPIC_API_KEY/],
  [['--port', 'x'], /--port: 'x' is not a port/],
])('npm start -- %s ends with code 1 and says why', async (args, why) => {
  const { said, ended } = npmStart(...args);
  expect(await ended).toEqual([1, null]);
  expect(said.text).toMatch(why);
});
