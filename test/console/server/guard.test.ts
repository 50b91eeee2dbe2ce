import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import type { OpenConsole } from '../../../console/server/start-console';
import { fakeSource, openFake } from './given';

let open: OpenConsole;
beforeAll(async () => void (open = await openFake([fakeSource()])));
afterAll(() => open.close());

/** With headers that a browser would not let a page set. */
async function ask(path: string, options: RequestOptions = {}, body = ''): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${open.token}`, ...options.headers };
  const call = request(new URL(path, open.origin), { ...options, headers }).end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  return answer;
}
const status = async (...args: Parameters<typeof ask>): Promise<number | undefined> => (await ask(...args)).statusCode;

test('the operator’s own page is let in, by either name of this machine', async () => {
  const { port } = new URL(open.origin);
  expect(await status('/api/welcome')).toBe(200);
  expect(
    await status('/api/welcome', { headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` } }),
  ).toBe(200);
});

test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
  'a name that was made to resolve to this machine is not answered: %s',
  async (host) => {
    for (const path of ['/', '/page.js', '/api/now']) expect(await status(path, { headers: { host } })).toBe(403);
  },
);

test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
  'a page of somebody else is not answered, whatever it knows: %s',
  async (origin) => expect(await status('/api/now', { headers: { origin } })).toBe(403),
);

test.each(['', 'Bearer ', 'Bearer wrong', 'Basic x'])(
  'without the token nothing is told: "%s"',
  async (authorization) => {
    for (const path of ['/api/welcome', '/api/now', '/api/nothing']) {
      expect(await status(path, { headers: { authorization } })).toBe(401);
    }
  },
);

test.each([
  '/x/../api/now',
  '/x/%2e%2e/api/now',
  '/./api/now',
  '//',
  '//127.0.0.1/api/now',
  'http://127.0.0.1/api/now',
  '*',
])('a way round the door leads nowhere without the token: %s', async (path) => {
  const { port, hostname } = new URL(open.origin);
  const call = request({ host: hostname, port, path }).end();
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  expect([400, 401, 404]).toContain(answer.statusCode);
});

test('each console has a token of its own, which stands behind the # of its address alone', async () => {
  const other = await openFake([fakeSource()]);
  expect(other.token).not.toBe(open.token);
  expect(new URL(open.url).hash).toBe(`#${open.token}`);
  expect(Buffer.from(open.token, 'base64url').length).toBeGreaterThanOrEqual(24);
  await other.close();
});

test('a form, another method and a long body are refused', async () => {
  const json = { 'content-type': 'application/json' };
  expect(await status('/api/preview', { method: 'POST', headers: { 'content-type': 'text/plain' } }, '{}')).toBe(415);
  expect(await status('/api/now', { method: 'PUT', headers: json })).toBe(405);
  expect(await status('/', { method: 'POST', headers: json }, '{}')).toBe(405);
  expect(
    await status('/api/preview', { method: 'POST', headers: json }, JSON.stringify({ x: 'x'.repeat(20_000) })),
  ).toBe(400);
  expect(await status('/api/preview', { method: 'POST', headers: json }, 'no json')).toBe(400);
});

test('every answer forbids what is not its own', async () => {
  for (const path of ['/', '/page.js', '/api/now', '/nothing']) {
    const { headers } = await ask(path);
    const policy = String(headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  }
});

test('files beside the page are not there', async () => {
  for (const path of ['/../package.json', '/%2e%2e/package.json', '/index.html', '/page.tsx']) {
    expect(await status(path)).toBe(404);
  }
});
