import { useGateway, type Setup } from './harness';
import { BODY, call, post } from './raw-client';

const start = useGateway();
const ORIGIN = 'https://app.example.com';
const SETUP: Setup = { chain: ['anthropic'], config: { cors: [ORIGIN] } };
const PREFLIGHT = {
  'x-api-key': '',
  origin: ORIGIN,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,x-api-key,anthropic-version',
};

it('a page of an allowed origin asks first, without a key, and then reads the answer and its headers', async () => {
  const gateway = await start(SETUP);
  const preflight = await call(gateway, { method: 'OPTIONS', headers: PREFLIGHT });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-methods': expect.stringContaining('POST') as string,
    'access-control-allow-headers': PREFLIGHT['access-control-request-headers'],
    vary: 'origin',
  });
  const { status, headers } = await post(gateway, BODY, { headers: { origin: ORIGIN } });
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN]);
  expect(headers.get('access-control-expose-headers')).toBe('*');
});

it('errors can be read by the page too', async () => {
  const gateway = await start(SETUP);
  const { status, headers } = await post(gateway, BODY, { headers: { origin: ORIGIN, 'x-api-key': 'guess' } });
  expect([status, headers.get('access-control-allow-origin')]).toEqual([401, ORIGIN]);
});

it('another origin is allowed nothing', async () => {
  const gateway = await start(SETUP);
  const headers = { ...PREFLIGHT, origin: 'https://evil.example' };
  expect((await call(gateway, { method: 'OPTIONS', headers })).headers.get('access-control-allow-origin')).toBeNull();
});

it('* allows any', async () => {
  const gateway = await start({ ...SETUP, config: { cors: ['*'] } });
  const { headers } = await call(gateway, { method: 'OPTIONS', headers: PREFLIGHT });
  expect(headers.get('access-control-allow-origin')).toBe('*');
});

it('is off by default', async () => {
  const gateway = await start({ chain: ['anthropic'] });
  const preflight = await call(gateway, { method: 'OPTIONS', headers: { ...PREFLIGHT, 'x-api-key': 'guess' } });
  expect(preflight.status).toBe(401);
  const { headers } = await post(gateway, BODY, { headers: { origin: ORIGIN } });
  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('an origin that is none is refused when the router starts', async () => {
  await expect(start({ ...SETUP, config: { cors: ['app.example.com/'] } })).rejects.toThrow('an origin such as');
});
