import type { HostConfig } from '../../lib/contract';
import { call, ENV, host, MESSAGE, never, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

const SECRETS = {
  anthropic: ENV.KEY_A,
  foundry: ENV.KEY_B,
  aws: `Credential=${ENV.AWS_ACCESS_KEY_ID}`,
  google: 'google-token',
  client: 'client-secret',
};

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer(json({ access_token: SECRETS.google, expires_in: 3600, type: 'message' }));
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const federation = (endpoint: string) => ({
  audience: '//iam.googleapis.com/projects/1',
  tokenUrl: `${endpoint}/v1/token`,
});

const configs = (endpoint: string): Record<string, HostConfig> => ({
  anthropic: { kind: 'anthropic', name: 'a', endpoint, keys: [{ env: 'KEY_A' }] },
  foundry: { kind: 'foundry', name: 'f', endpoint, resource: 'r', keys: [{ env: 'KEY_B' }] },
  messages: { kind: 'bedrock', name: 'b', endpoint, region: 'us-east-1', door: 'messages' },
  invoke: { kind: 'bedrock', name: 'b', endpoint, region: 'us-east-1', door: 'invoke' },
  platform: { kind: 'claude-platform-aws', name: 'p', endpoint, region: 'us-east-1', workspaceId: 'w' },
  vertex: { kind: 'vertex', name: 'v', endpoint, project: 'p', location: 'global', federation: federation(endpoint) },
  plain: { kind: 'messages', name: 'm', endpoint, keys: [{ env: 'KEY_B' }] },
  whole: { kind: 'messages', name: 'w', endpoint, keys: [{ env: 'KEY_B' }], lacks: [] },
  openai: { kind: 'openai', name: 'o', endpoint, keys: [{ env: 'KEY_B' }] },
  azure: { kind: 'azure-openai', name: 'z', endpoint, resource: 'r', keys: [{ env: 'KEY_B' }] },
  gemini: {
    kind: 'vertex-gemini',
    name: 'g',
    endpoint,
    project: 'p',
    location: 'global',
    federation: federation(endpoint),
  },
  llama: { kind: 'bedrock-models', name: 'l', endpoint, region: 'us-east-1' },
});

/** Of all credentials the one that is the host's own, and whether the version stands in a header. */
const EXPECTED = {
  anthropic: { secret: 'anthropic', versionHeader: true },
  foundry: { secret: 'foundry', versionHeader: true },
  messages: { secret: 'aws', versionHeader: true },
  invoke: { secret: 'aws', versionHeader: false },
  platform: { secret: 'aws', versionHeader: true },
  vertex: { secret: 'google', versionHeader: false },
  plain: { secret: 'foundry', versionHeader: true },
  whole: { secret: 'foundry', versionHeader: true },
  openai: { secret: 'foundry', versionHeader: false },
  azure: { secret: 'foundry', versionHeader: false },
  gemini: { secret: 'google', versionHeader: false },
  llama: { secret: 'aws', versionHeader: false },
} as const;

test.each(Object.entries(EXPECTED))(
  "%s gets its own credential and version, no other host's and never the client's",
  async (name, expected) => {
    const config = configs(server.url)[name];
    if (config === undefined) throw new Error(name);
    const headers = {
      'anthropic-version': '2026-10-21',
      authorization: `Bearer ${SECRETS.client}`,
      'x-api-key': SECRETS.client,
      cookie: SECRETS.client,
      'x-goog-api-key': SECRETS.client,
      'x-amz-security-token': SECRETS.client,
      'x-failover-only': SECRETS.client,
      'anthropic-beta': '',
    };
    await host(config).open(call(MESSAGE, { headers }), never());
    const request = server.requests.at(-1);
    const wire = JSON.stringify(request?.headers) + String(request?.body);
    const seen = Object.entries(SECRETS).filter(([, secret]) => wire.includes(secret));
    expect(seen.map(([owner]) => owner)).toEqual([expected.secret]);
    expect('anthropic-version' in (request?.headers ?? {})).toBe(expected.versionHeader);
    expect(wire).not.toContain(ENV.AWS_SECRET_ACCESS_KEY);
  },
);
