import { askedOf, gatewayInAws, type GatewayInAws } from './gateway-in-aws';

let gateway: GatewayInAws | undefined;
afterEach(() => gateway?.close());

test('the configuration is shown as it is deployed, without digests, with what the doctor finds', async () => {
  gateway = await gatewayInAws([]);
  const { config, findings, models, clients, url, problems } = await (await gateway.open()).setUp();
  expect(JSON.stringify(config)).not.toContain('a'.repeat(64));
  expect(config).toMatchObject({ hosts: [{ name: 'bedrock-us' }, { name: 'bedrock-eu' }] });
  expect({ models, clients, url, problems }).toEqual({
    models: ['claude-haiku-5-5'],
    clients: ['alpha'],
    url: gateway.door.url,
    problems: [],
  });
  expect(findings).toContainEqual({
    subject: 'canary: canary',
    status: 'problem',
    detail: 'has never reported',
    remedy: expect.stringContaining('schedule'),
  });
  expect(findings.map(({ subject }) => subject).join()).toContain('identity: account 123456789012');
});

test('no host is called for it, no secret is read, and nothing is written', async () => {
  gateway = await gatewayInAws([]);
  await (await gateway.open()).setUp();
  expect(gateway.door.requests.filter(({ path }) => path.startsWith('/v1/messages'))).toEqual([]);
  expect(askedOf(gateway.aws).join()).not.toMatch(/GetSecretValue|Put|Create|Delete|Update/);
});

test('of two regions, clients have the name of both', async () => {
  const other = { region: 'eu-central-1', stack: 'Other' };
  const pair = { name: 'claude.example.com', other, healthCheck: 'h', checkSeconds: 10, checkFailures: 3 };
  gateway = await gatewayInAws([], { pair });
  expect((await (await gateway.open()).setUp()).url).toBe('https://claude.example.com');
});
