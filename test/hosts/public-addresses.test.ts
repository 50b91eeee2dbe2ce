import type { HostConfig } from '../../lib/contract';
import { Transport, type Origin } from '../../lambda/hosts/transport/transport';
import { call, host, never } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer(json({ access_token: 't', expires_in: 3600 }));
});
afterEach(() => server.close());

/** Leads every address to the test's own server. */
class Diverted extends Transport {
  readonly addresses: string[] = [];
  override origin(baseUrl: string): Origin {
    this.addresses.push(baseUrl);
    return super.origin(server.url);
  }
}

const vertex = (location: string): HostConfig => ({
  kind: 'vertex',
  name: 'v',
  project: 'p',
  location,
  federation: { audience: '//iam.googleapis.com/projects/1' },
});

test.each<[string, HostConfig]>([
  ['https://api.anthropic.com', { kind: 'anthropic', name: 'a', keys: [{ env: 'KEY_A' }] }],
  ['https://bedrock-runtime.eu-west-1.amazonaws.com', { kind: 'bedrock', name: 'b', region: 'eu-west-1' }],
  ['https://res.services.ai.azure.com', { kind: 'foundry', name: 'f', resource: 'res', keys: [{ env: 'KEY_A' }] }],
  [
    'https://aws-external-anthropic.us-east-1.api.aws',
    { kind: 'claude-platform-aws', name: 'p', region: 'us-east-1', workspaceId: 'w' },
  ],
  ['https://aiplatform.googleapis.com', vertex('global')],
  ['https://aiplatform.us.rep.googleapis.com', vertex('us')],
  ['https://aiplatform.eu.rep.googleapis.com', vertex('eu')],
  ['https://europe-west1-aiplatform.googleapis.com', vertex('europe-west1')],
  ['https://us-east5-aiplatform.googleapis.com', vertex('us-east5')],
])('%s is the address without an endpoint', async (address, config) => {
  const transport = new Diverted();
  await host(config, { transport }).open(call(), never());
  expect(transport.addresses[0]).toBe(address);
  transport.closeAll();
});
