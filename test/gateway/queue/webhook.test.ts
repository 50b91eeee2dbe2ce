import Anthropic from '@anthropic-ai/sdk';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import type { QueueConfig } from '../../../lib/contract';
import { createNotify } from '../../../lambda/gateway/queue/webhook/notify';
import { isPublicAddress } from '../../../lambda/gateway/queue/webhook/public-address';
import { INTERNET, type Network, send } from '../../../lambda/gateway/queue/webhook/send';
import { signed } from '../../../lambda/gateway/queue/webhook/sign';
import { allowedWebhook } from '../../../lambda/gateway/queue/webhook/allowed-webhook';
import { systemClock } from '../../../lambda/runtime/system-clock';

const tls = (name: string): string => readFileSync(join(__dirname, '../../fixtures/tls', `${name}.pem`), 'utf8');
const KEY = Buffer.from('a secret of thirty-two characters').toString('base64');
const SECRET = `whsec_${KEY}`;

interface Got {
  readonly headers: Record<string, unknown>;
  readonly body: string;
}
let server: Server;
let port: number;
let got: Got[];
let status: number;
beforeEach(async () => {
  got = [];
  status = 204;
  server = createServer({ key: tls('key'), cert: tls('certificate') }, (request, response) => {
    void text(request).then((body) => {
      got.push({ headers: request.headers, body });
      response.writeHead(status, { location: 'https://127.0.0.1/elsewhere' }).end('x'.repeat(1000));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

/** Where the name leads to the test's own server, which is taken for public. */
const network = (over: Partial<Network> = {}): Network => ({
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  isPublic: () => true,
  ca: tls('certificate'),
  ...over,
});
const config = (): QueueConfig => ({
  url: 'https://sqs.us-east-1.amazonaws.com/1/q',
  bucket: 'b-b',
  deadlineMs: 60_000,
  keepMs: 3_600_000,
  webhooks: [{ client: 'search', hosts: [`hooks.example.com:${port}`], secret: { env: 'SECRET' } }],
});
const head = () => ({
  client: 'search',
  query: '',
  headers: {},
  acceptedAt: 0,
  deadline: 60_000,
  webhook: `https://hooks.example.com:${port}/claude?for=me`,
});
const answer = (of = 200) => ({ status: of, headers: {}, answeredAt: 30_000, keptUntil: 90_000 });
const notify = (over: Partial<Network> = {}) => createNotify(config(), { SECRET }, systemClock, network(over));

describe('a webhook', () => {
  it('is told in the form of Standard Webhooks, with a signature of the client’s own secret, and no word of the answer', async () => {
    expect(await notify()('async_1', head(), answer())).toBe('told');
    const [{ headers, body }] = got as [Got];
    expect(headers).toMatchObject({ 'webhook-id': 'async_1', 'content-type': 'application/json' });
    const stamp = String(headers['webhook-timestamp']);
    expect(Math.abs(Number(stamp) - Date.now() / 1000)).toBeLessThan(10);
    const hmac = createHmac('sha256', Buffer.from(KEY, 'base64')).update(`async_1.${stamp}.${body}`);
    expect(headers['webhook-signature']).toBe(`v1,${hmac.digest('base64')}`);
    const sdk = new Anthropic({ apiKey: 'none' });
    const taken = { headers: headers as Record<string, string>, key: SECRET };
    expect(sdk.beta.webhooks.unwrap(body, taken)).toEqual({
      type: 'message.answered',
      timestamp: '1970-01-01T00:00:30.000Z',
      data: { id: 'async_1', status: 200, created_at: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('is told of a failure as one', async () => {
    await notify()('async_1', head(), answer(504));
    expect(JSON.parse(got[0]!.body)).toMatchObject({ type: 'message.failed', data: { status: 504 } });
  });

  it('follows no redirect: it is an answer that is not the one wanted', async () => {
    status = 302;
    expect(await notify()('async_1', head(), answer())).toBe('status 302');
    expect(got).toHaveLength(1);
  });

  it('is told no more where it says that it is gone, or where its host is no longer allowed', async () => {
    status = 410;
    expect(await notify()('async_1', head(), answer())).toBe('unwanted');
    const gone = createNotify({ ...config(), webhooks: [] }, { SECRET }, systemClock, network());
    expect(await gone('async_1', head(), answer())).toBe('unwanted');
    expect(got).toHaveLength(1);
  });

  it.each([
    ['one private address', [{ address: '10.0.0.1', family: 4 }]],
    [
      'a private address among public ones',
      [
        { address: '8.8.8.8', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ],
    ],
    ['no address', []],
  ])('is not told where its name has %s', async (_, addresses) => {
    const resolve = async () => addresses;
    expect(await notify({ resolve, isPublic: isPublicAddress })('async_1', head(), answer())).toContain('not public');
    expect(got).toEqual([]);
  });

  it('is reached at the address that was looked at, whatever the name leads to a moment later', async () => {
    let looks = 0;
    const resolve = async () => [{ address: looks++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    expect(await notify({ resolve })('async_1', head(), answer())).toBe('told');
    expect(looks).toBe(1);
  });

  it('is told nothing where the certificate is another’s, and where it hangs', async () => {
    expect(await notify({ ca: undefined as never })('async_1', head(), answer())).toMatch(/SELF_SIGNED|CERT/);
    const hangs = network({ resolve: () => new Promise(() => {}) });
    await expect(send(new URL(head().webhook), {}, '{}', hangs, 20)).rejects.toThrow('not found in time');
    expect(got).toEqual([]);
  });

  it('without a secret of the right form is told nothing', async () => {
    const wrong = createNotify(config(), { SECRET: 'no-such-form' }, systemClock, network());
    expect(await wrong('async_1', head(), answer())).toMatch(/does not begin with whsec_/);
    expect(got).toEqual([]);
  });
});

it('signs as the example of Standard Webhooks is signed', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const body = '{"test": 2432232314}';
  expect(signed(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_000, body)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
it.each([
  ...[
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
  ],
  ...['192.0.2.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
  ...[
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
  ],
  ...['2001:db8::1', '2002:a00:1::', '2001::1'],
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
it('looks for all addresses of a name', async () => {
  const found = await INTERNET.resolve('localhost');
  expect(found.some(({ address }) => INTERNET.isPublic(address))).toBe(false);
});

describe('what a client may name', () => {
  const may = (asked: string, name: string | undefined = 'search') =>
    allowedWebhook(
      asked,
      { name, may: new Set() },
      {
        ...config(),
        webhooks: [{ client: 'search', hosts: ['hooks.example.com', 'other.example.com:8443'], secret: { env: 'S' } }],
      },
    );
  it.each(['https://hooks.example.com/a?b=c', 'https://HOOKS.example.com:443/', 'https://other.example.com:8443/x'])(
    '%s',
    (url) => expect(may(url)).toBe(new URL(url).href),
  );
  it.each([
    'http://hooks.example.com/',
    'https://hooks.example.com:8443/',
    'https://hooks.example.com.evil.com/',
    'https://evil.com/#hooks.example.com',
    'https://user:pass@hooks.example.com/',
    'https://hooks.example.com@evil.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'file:///etc/passwd',
    'hooks.example.com',
    `https://hooks.example.com/${'x'.repeat(2000)}`,
  ])('not %s', (url) => expect(() => may(url)).toThrow('x-failover-webhook'));
  it('nothing, for a client without webhooks', () => {
    expect(() => may('https://hooks.example.com/', 'other')).toThrow('has no webhooks');
    const anyone = { name: undefined, may: new Set<never>() };
    expect(() => allowedWebhook('https://hooks.example.com/', anyone, config())).toThrow('has no webhooks');
  });
});
