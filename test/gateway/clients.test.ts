import { createHash } from 'node:crypto';
import type { RouterConfig } from '../../lib/contract';
import type { GatewayRequest } from '../../lambda/engine/gateway';
import { createClientCheck, readSteering } from '../../lambda/gateway/plan/clients';

const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');
const config: RouterConfig = {
  hosts: [],
  models: [],
  routes: [],
  clients: [
    { name: 'canary', keySha256: sha256('canary-key'), may: ['only'] },
    { name: 'web', keySha256: sha256('web-key') },
  ],
};
const request = (headers: Record<string, string>, client?: string): GatewayRequest => ({
  id: 'gw_1',
  method: 'POST',
  path: '/v1/messages',
  query: '',
  headers,
  body: new Uint8Array(),
  client,
  timeLeftMs: undefined,
});

const check = createClientCheck(config);

test.each([
  ['x-api-key', { 'x-api-key': 'web-key' }],
  ['Authorization: Bearer', { authorization: 'Bearer web-key' }],
])('a gateway key in %s names its client', (_where, headers) => {
  expect(check(request(headers)).name).toBe('web');
});

test('a request without a gateway key hears how to send one', () => {
  expect(() => check(request({}))).toThrow(
    expect.objectContaining({ status: 401, message: expect.stringContaining('x-api-key') }),
  );
});

test('a wrong key is refused and not repeated', () => {
  expect(() => check(request({ 'x-api-key': 'guess' }))).toThrow(
    expect.objectContaining({ status: 401, message: 'invalid gateway key' }),
  );
});

test('a client that the front door has named needs no key', () => {
  expect(check(request({}, 'canary')).may).toContain('only');
  expect(check(request({}, 'stranger')).may).not.toContain('only');
});

test("a client that API Gateway names by the id of its key goes by the team's name", () => {
  const teams = createClientCheck({ ...config, clients: [{ name: 'search', apiKeyId: 'k3y1d', may: ['skip'] }] });
  expect(teams(request({}, 'k3y1d'))).toMatchObject({ name: 'search' });
  expect(teams(request({}, 'k3y1d')).may).toContain('skip');
  expect(teams(request({}, 'other')).may).not.toContain('skip');
});

test('without configured keys everybody the front door lets in is served', () => {
  expect(createClientCheck({ ...config, clients: [] })(request({})).name).toBeUndefined();
});

test('the canary may name a host; the web client is told what to configure', () => {
  const headers = { 'x-failover-only': 'vertex' };
  expect(readSteering(request(headers), check(request({ 'x-api-key': 'canary-key' })))).toEqual({ only: 'vertex' });
  expect(() => readSteering(request(headers), check(request({ 'x-api-key': 'web-key' })))).toThrow(
    expect.objectContaining({
      status: 403,
      message:
        "x-failover-only is not allowed for client 'web'; allow it in the router's configuration (clients[].may or steering)",
    }),
  );
});

test('anyone may choose commit and budget unless the configuration says otherwise', () => {
  const headers = { 'x-failover-commit': 'complete', 'x-failover-budget': 'realtime' };
  const web = check(request({ 'x-api-key': 'web-key' }));
  expect(readSteering(request(headers), web)).toEqual({ commit: 'complete', budget: 'realtime' });
  const strict = createClientCheck({ ...config, steering: [] })(request({ 'x-api-key': 'web-key' }));
  expect(() => readSteering(request(headers), strict)).toThrow(/x-failover-commit is not allowed/);
});
