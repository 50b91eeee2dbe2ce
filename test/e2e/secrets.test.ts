import type { RecordedRequest } from '../../local/hosts';
import { type ClaudeName, ENV, HOST_NAMES } from './host-setups';
import { GATEWAY_KEY, useGateway } from './harness';
import { BODY, post, STREAMED } from './raw-client';

const start = useGateway();

const AWS_SECRETS = [ENV.AWS_SECRET_ACCESS_KEY];
/** What only this host's own requests may contain. AWS's secret key may be in none. */
const OWN: Readonly<Record<ClaudeName, readonly string[]>> = {
  anthropic: [ENV.ANTHROPIC_KEY],
  foundry: [ENV.FOUNDRY_KEY],
  bedrock: [ENV.AWS_ACCESS_KEY_ID, ENV.AWS_SESSION_TOKEN],
  'bedrock-invoke': [ENV.AWS_ACCESS_KEY_ID, ENV.AWS_SESSION_TOKEN],
  'claude-platform-aws': [ENV.AWS_ACCESS_KEY_ID, ENV.AWS_SESSION_TOKEN, 'wrkspc_simulated'],
  // The signed identity that Google checks with AWS goes to the token exchange, and only there.
  vertex: ['ya29.simulated'],
};
const CLIENTS_OWN = {
  cookie: 'session=simulated-cookie',
  origin: 'https://simulated-origin.example',
  referer: 'https://simulated-referer.example',
  'x-failover-budget': '19999',
  'x-failover-commit': 'complete',
  'x-forwarded-for': '192.0.2.77',
  'x-private': 'simulated-private-header',
  'accept-language': 'simulated-language',
  'user-agent': 'simulated-agent',
};

const written = ({ path, headers, body }: RecordedRequest) => `${path}\n${JSON.stringify(headers)}\n${body.toString()}`;

describe.each([
  ['a stream', STREAMED],
  ['a message', BODY],
])('asked for %s by a chain of every kind', (_, body) => {
  async function everyHostAsked(keyHeader: Readonly<Record<string, string>>) {
    const gateway = await start({ chain: HOST_NAMES });
    for (const name of HOST_NAMES) await gateway.host(name).setFault({ kind: 'overloaded' });
    const answer = await post(gateway, body, { headers: { ...CLIENTS_OWN, ...keyHeader } });
    expect(answer.status).toBe(529);
    // Bedrock says it with a 503, which is worth a second try; six is the most attempts of a request.
    for (const name of HOST_NAMES) {
      await post(gateway, body, { headers: { ...CLIENTS_OWN, ...keyHeader, 'x-failover-only': name } });
    }
    return gateway;
  }

  it.each([
    ['x-api-key', { 'x-api-key': GATEWAY_KEY }],
    ['Authorization', { authorization: `Bearer ${GATEWAY_KEY}` }],
  ])('no host sees the key in %s, the cookies or the steering of the client', async (_name, keyHeader) => {
    const gateway = await everyHostAsked(keyHeader);
    for (const name of HOST_NAMES) {
      expect(gateway.calls(name).length).toBeGreaterThan(0);
      const all = gateway.host(name).requests.map(written).join('\n');
      for (const secret of [GATEWAY_KEY, ...Object.values(CLIENTS_OWN)]) expect(all).not.toContain(secret);
      expect(all).not.toContain('x-failover');
      expect(gateway.calls(name).flatMap(({ headers }) => Object.keys(headers))).not.toContain('cookie');
      expect(gateway.calls(name).flatMap(({ headers }) => Object.keys(headers))).not.toContain('origin');
    }
  });

  it('no host sees what opens another', async () => {
    const gateway = await everyHostAsked({});
    for (const name of HOST_NAMES) {
      const foreign = HOST_NAMES.flatMap((other) => OWN[other]).filter((secret) => !OWN[name].includes(secret));
      const all = gateway.calls(name).map(written).join('\n');
      for (const secret of [...foreign, ...AWS_SECRETS, ENV.ANTHROPIC_SECOND_KEY]) expect(all).not.toContain(secret);
      expect(all).toContain(OWN[name][0]);
    }
  });
});

it('each host is told the API version in its own form only', async () => {
  const gateway = await start({ chain: HOST_NAMES });
  for (const name of HOST_NAMES) {
    const headers = { 'x-failover-only': name, 'anthropic-version': '2023-06-01' };
    expect((await post(gateway, STREAMED, { headers })).status).toBe(200);
  }
  const versions = HOST_NAMES.map((name) => {
    const { headers, body } = gateway.calls(name)[0]!;
    const { anthropic_version } = JSON.parse(body.toString()) as { anthropic_version?: string };
    return [name, headers['anthropic-version'], anthropic_version];
  });
  expect(versions).toEqual([
    ['anthropic', '2023-06-01', undefined],
    ['bedrock', '2023-06-01', undefined],
    ['bedrock-invoke', undefined, 'bedrock-2023-05-31'],
    ['vertex', undefined, 'vertex-2023-10-16'],
    ['foundry', '2023-06-01', undefined],
    ['claude-platform-aws', '2023-06-01', undefined],
  ]);
});
