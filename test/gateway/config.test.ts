import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../lambda/gateway/config/config';
import { loadConfig } from '../../lambda/gateway/config/load-config';
import { ENV, type RouterConfig } from '../../lib/contract';
import { json, recordingServer, type RecordingServer } from '../hosts/recording-server';
import { anthropic, bedrock, problems, route, small } from './small-config';

const example = readFileSync(join(__dirname, '../../examples/router.json'), 'utf8');

describe('a right configuration', () => {
  it('comes back as it was written', () => {
    expect(parseConfig(example)).toEqual(JSON.parse(example));
  });

  it('may use every option there is', () => {
    const full: RouterConfig = {
      hosts: [
        {
          ...bedrock,
          kind: 'bedrock',
          profile: 'us',
          door: 'invoke',
          endpoint: 'http://127.0.0.1:8080',
          models: { 'my-model': 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdef123456' },
          timeouts: { headersMs: 5000, firstContentMs: 20_000, idleMs: 30_000 },
          retry: { quickRetries: 0, quickRetryMaxMs: 0, rateLimitWaitMaxMs: 0 },
          breaker: {
            consecutiveFailures: 5,
            errorRate: 0.5,
            windowMs: 30_000,
            minRequests: 10,
            openMs: 1000,
            rampStageMs: 1000,
          },
        },
        {
          name: 'vertex',
          kind: 'vertex',
          project: 'p',
          location: 'us-east5',
          federation: {
            audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/aws',
            serviceAccount: 'router@p.iam.gserviceaccount.com',
            tokenUrl: 'http://127.0.0.1:9/token',
            verificationUrl: 'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
            iamEndpoint: 'https://iamcredentials.googleapis.com',
          },
        },
        {
          name: 'foundry',
          kind: 'foundry',
          resource: 'my-resource',
          keys: [{ secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:k-a1B2c3', field: 'key' }],
          hosting: 'azure',
        },
        { name: 'platform', kind: 'claude-platform-aws', region: 'us-east-1', workspaceId: 'wrkspc_1' },
      ],
      models: [
        'claude-opus-5-5',
        { id: 'my-model', displayName: 'Mine', aliases: ['mine'], on: { vertex: 'm@1' }, bedrockMessages: true },
      ],
      routes: [
        {
          models: ['claude-*', 'mine'],
          clients: ['ci'],
          header: { name: 'X-Tier', value: 'gold' },
          chain: ['bedrock', 'vertex', 'foundry', 'platform'],
          budget: { preset: 'realtime', deadlineMs: 60_000, pingAfterMs: 5000, maxAttempts: 3 },
          maxDeadlineMs: 60_000,
          commit: 'complete',
          unaryAsStream: false,
        },
        { chain: ['platform', 'bedrock', 'vertex'], budget: 'batch' },
      ],
      clients: [{ name: 'ci', keySha256: 'a'.repeat(64), may: ['only', 'chain', 'skip'] }],
      steering: [],
      telemetry: { logs: false, metrics: false },
    };
    expect(parseConfig(JSON.stringify(full))).toEqual(full);
  });
});

describe('a wrong value', () => {
  it.each([
    ['a missing list', { hosts: undefined }, 'hosts: missing; must be a list with at least one entry'],
    ['an empty list', { models: [] }, 'models: got an empty list; must be a list with at least one entry'],
    [
      'a missing field',
      { hosts: [{ ...bedrock, region: undefined }] },
      'hosts[0].region: missing; must be an AWS region',
    ],
    [
      'a wrong type',
      { hosts: [anthropic, { ...bedrock, region: 42 }] },
      'hosts[1].region: got 42; must be an AWS region',
    ],
    [
      'a misspelt key',
      { hosts: [{ ...bedrock, regoin: 'x' }] },
      'hosts[0].regoin: unknown key; did you mean "region"?',
    ],
    [
      'an unknown kind',
      { hosts: [{ name: 'a', kind: 'bedrok' }] },
      'hosts[0].kind: got "bedrok"; must be one of anthropic,',
    ],
    ['a host that is no object', { hosts: ['anthropic'] }, 'hosts[0]: got "anthropic"; must be an object'],
    [
      'a bad host name',
      { hosts: [{ ...bedrock, name: 'My Host' }] },
      'hosts[0].name: got "My Host"; must be lower case',
    ],
    [
      'an endpoint without scheme',
      { hosts: [{ ...bedrock, endpoint: 'localhost:80' }] },
      'hosts[0].endpoint: got "localhost:80"; must be an http or https URL',
    ],
    [
      'a negative number',
      { routes: [{ ...route, budget: { deadlineMs: -1 } }] },
      'routes[0].budget.deadlineMs: got -1; must be milliseconds',
    ],
    [
      'an unknown preset',
      { routes: [{ ...route, budget: 'fast' }] },
      'routes[0].budget: got "fast"; must be "realtime", "interactive", "batch"',
    ],
    [
      'a star in the middle',
      { routes: [{ ...route, models: ['claude-*-5'] }] },
      'routes[0].models[0]: got "claude-*-5"; must be a model id or alias',
    ],
    [
      'a model without ids',
      { models: [{ id: 'x' }] },
      'models[0].on: missing; must be an object: id on each kind of host',
    ],
    [
      'an unknown steering',
      { steering: ['host'] },
      'steering[0]: got "host"; must be one of chain, only, skip, commit, budget',
    ],
  ])('is explained: %s', (_, parts, expected) => {
    expect(problems(small(parts))).toEqual([expect.stringContaining(expected)]);
  });

  it('does not hide the others: every problem has its line', () => {
    const json = small({ hosts: [{ ...bedrock, region: 1, door: 'side' }], steering: 'all', extra: {} });
    expect(problems(json).map((line) => line.split(':')[0])).toEqual([
      'hosts[0].region',
      'hosts[0].door',
      'steering',
      'extra',
    ]);
    expect(() => parseConfig(json)).toThrow(/has 4 problem\(s\):\nhosts\[0\]\.region: .*\n.*\n.*\nextra: /);
  });

  it.each(['', '{', 'null', '[]', '7', '"text"', '[[[]]]', '{"hosts":null}'])(
    'is a ConfigError, not a crash: %s',
    (json) => {
      expect(problems(json).length).toBeGreaterThan(0);
    },
  );

  it('never crashes the parser, whichever part of the example it replaces', () => {
    const parts = example.match(/"[^"]*"(?=\s*[,}\]])|\[[^[\]]*\]|\{[^{}]*\}/g) ?? [];
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.json(), (part, value) => {
        const json = example.replace(part, () => value);
        expect(() => JSON.parse(json)).not.toThrow();
        expect(() => problems(json)).not.toThrow();
      }),
    );
  });
});

describe('a secret in the wrong place', () => {
  const secret = 'sk-ant-api03-THE-SECRET';

  it('is told where keys belong', () => {
    expect(problems(small({ hosts: [{ ...anthropic, keys: [secret] }, bedrock] }))).toEqual([
      'hosts[0].keys[0]: keys stand in the environment or Secrets Manager: ' +
        'use {"env": "NAME"} or {"secretArn": "..."}',
    ]);
  });

  it.each([
    ['instead of the list', small({ hosts: [{ ...anthropic, keys: secret }] })],
    ['as a key', small({ hosts: [{ ...anthropic, keys: [secret] }] })],
    ['as the name of a variable', small({ hosts: [{ ...anthropic, keys: [{ env: secret }] }] })],
    ['as an ARN', small({ hosts: [{ ...anthropic, keys: [{ secretArn: secret }] }] })],
    ['in a made-up field', small({ hosts: [{ ...anthropic, keys: [{ value: secret }] }] })],
    ['beside the list', small({ hosts: [{ ...anthropic, apiKey: secret }] })],
    ['as a gateway key that was not hashed', small({ clients: [{ name: 'a', keySha256: 'THE-SECRET' }] })],
    ['as a password of an endpoint', small({ hosts: [{ ...bedrock, endpoint: 'https://me:THE-SECRET@x.example' }] })],
    ['as a region', small({ hosts: [{ ...bedrock, region: secret }] })],
    ['in broken JSON', `{"keys": ${secret}}`],
    ['in cut JSON', `{"keys": ["${secret}`],
  ])('is never repeated: %s', (_, json) => {
    expect(problems(json)).not.toEqual([]);
    expect(problems(json).join('\n')).not.toContain('THE-SECRET');
  });

  it('does not keep broken JSON from being located', () => {
    expect(problems('{\n  "hosts": [,]\n}').join()).toMatch(/not valid JSON/);
    expect(problems('{\n  "hosts": [}\n').join()).not.toContain('hosts');
    expect(problems('{').join()).toBe(
      'not valid JSON at position 1 (line 1 column 2); check quotes, commas and brackets',
    );
  });
});

describe('the environment', () => {
  it('gives the configuration', async () => {
    expect((await loadConfig({ [ENV.CONFIG]: small({ steering: ['only'] }) })).steering).toEqual(['only']);
  });

  it.each([
    ['not set', {}],
    ['empty', { [ENV.CONFIG]: ' ' }],
  ])('is named when the variable is %s', async (state, env) => {
    await expect(loadConfig(env)).rejects.toThrow(
      `the environment variable FAILOVER_CONFIG is ${state}; set it to the JSON`,
    );
  });
});

describe('an SSM parameter', () => {
  let ssm: RecordingServer;
  const env = (): Record<string, string> => ({
    [ENV.CONFIG_PARAMETER]: 'CFN-Config-abc',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: ssm.url,
  });
  beforeEach(async () => (ssm = await recordingServer()));
  afterEach(() => ssm.close());

  it('gives the configuration that the environment has no room for', async () => {
    ssm.reply = json({ Parameter: { Name: 'CFN-Config-abc', Value: small({ steering: ['only'] }) } });
    expect((await loadConfig(env())).steering).toEqual(['only']);
    const [request] = ssm.requests;
    expect(request?.headers['x-amz-target']).toBe('AmazonSSM.GetParameter');
    expect(request?.headers.authorization).toMatch(/Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/ssm\/aws4_request/);
    expect(JSON.parse(String(request?.body))).toEqual({ Name: 'CFN-Config-abc' });
  });

  it('is named when it cannot be read, with what to do', async () => {
    ssm.reply = json({ __type: 'ParameterNotFound' }, 400);
    await expect(loadConfig(env())).rejects.toThrow(
      /the SSM parameter CFN-Config-abc, named by FAILOVER_CONFIG_PARAMETER, cannot be read: .*ParameterNotFound.*ssm:GetParameter/,
    );
  });
});
