import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Demo } from '../../local/demo/demo';
import { startPageServer, type PageServer } from '../../local/demo/page-server';

const FOLDER = pathToFileURL(join(__dirname, '../../local/demo/page/'));
const STACK = { url: 'http://127.0.0.1:1', region: 'us-east-1', healthTable: { name: 'health' }, key: 'anything' };
const acts: unknown[] = [];
const asked: number[] = [];
const demo: Demo = {
  state: async (since) => {
    asked.push(since);
    return { lastId: since + 5 } as Awaited<ReturnType<Demo['state']>>;
  },
  act: async (action, values) => {
    acts.push([action, values]);
    return action === 'fault';
  },
};

let page: PageServer;
beforeEach(async () => {
  acts.length = 0;
  asked.length = 0;
  page = await startPageServer(demo, FOLDER, 0, STACK);
});
afterEach(() => page.close());

const post = (path: string, type: string, body: string) =>
  fetch(`${page.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });

test('the page and everything it loads is served', async () => {
  const html = await (await fetch(page.url)).text();
  const loaded = [...html.matchAll(/(?:src|href)="([\w-]+\.\w+)"/g)].map(([, file]) => file);
  expect(loaded).toEqual(['demo.css', 'demo.js']);
  const script = await (await fetch(`${page.url}/demo.js`)).text();
  const modules = [...script.matchAll(/from '\.\/([\w-]+\.js)'/g)].map(([, file]) => file);
  expect(modules.length).toBeGreaterThan(2);
  for (const file of [...loaded, ...modules]) expect((await fetch(`${page.url}/${file}`)).status).toBe(200);
});

test('tools are told what a deployed stack would tell them', async () => {
  expect(await (await fetch(`${page.url}/stack.json`)).json()).toEqual(STACK);
});

test('the state is pushed at once, and then only what is new', async () => {
  const aborter = new AbortController();
  const response = await fetch(`${page.url}/events`, { signal: aborter.signal });
  const reader = response.body!.getReader();
  const { value } = await reader.read();
  expect(Buffer.from(value!).toString()).toBe('data: {"lastId":5}\n\n');
  await reader.read();
  expect(asked).toEqual([0, 5]);
  aborter.abort();
});

test('an action is done, and one there is not is told', async () => {
  expect((await post('/fault', 'application/json', '{"host":"a","fault":null}')).status).toBe(204);
  expect((await post('/nothing', 'application/json', '{}')).status).toBe(404);
  expect(acts).toEqual([
    ['fault', { host: 'a', fault: null }],
    ['nothing', {}],
  ]);
});

test("another site's form cannot switch anything", async () => {
  expect((await post('/fault', 'text/plain', '{}')).status).toBe(403);
  expect(acts).toEqual([]);
});

test('a name that was made to resolve to this machine is not answered', async () => {
  const call = request(page.url, { headers: { host: 'evil.example' } }).end();
  const [response] = (await once(call, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(403);
});

test('files outside the page are not there', async () => {
  expect((await fetch(`${page.url}/../demo.ts`)).status).toBe(404);
  expect((await fetch(`${page.url}/%2e%2e/demo.ts`)).status).toBe(404);
});
