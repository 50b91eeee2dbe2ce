import { createServer, type RequestListener } from 'node:http';
import { problemOfRegion } from '../../../lambda/functions/canary/checks/other-region';
import { openServer, type OpenServer } from '../../../local/loopback/open-server';

let server: OpenServer | undefined;
afterEach(() => server?.close());

async function asked(answer: RequestListener): Promise<string | undefined> {
  server = await openServer(createServer(answer));
  return problemOfRegion(server.url);
}

const json = { 'content-type': 'application/json' };

it.each([
  [200, '{"status":"degraded","serving":true}'],
  [503, '{"status":"down","serving":false}'],
])('a gateway that says how it stands answers, whatever it says: %d %s', async (status, body) => {
  expect(await asked((_, response) => response.writeHead(status, json).end(body))).toBeUndefined();
});

it('one accident is no finding', async () => {
  let requests = 0;
  const problem = await asked((_, response) => {
    requests += 1;
    if (requests === 1) response.writeHead(500).end();
    else response.writeHead(200, json).end('{"status":"ok","serving":true}');
  });
  expect([problem, requests]).toEqual([undefined, 2]);
});

it.each([
  [403, json, '{"message":"Forbidden"}'],
  [502, json, '{"message":"Internal server error"}'],
  [200, { 'content-type': 'text/html' }, '<html>'],
])('what is no gateway does not answer: %d %j %s', async (status, headers, body) => {
  expect(await asked((_, response) => response.writeHead(status, headers).end(body))).toBe(
    `answered ${status} without its state`,
  );
});

it('who cannot be reached does not answer', async () => {
  server = await openServer(createServer());
  const { url } = server;
  await server.close();
  expect(await problemOfRegion(url)).toMatch(/ECONNREFUSED|fetch failed/);
});
