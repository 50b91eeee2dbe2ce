import { expectedAuthorization } from './expected-signature';
import { call, ENV, host, MESSAGE, never, transport } from './host-under-test';
import { recordingServer, type RecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await recordingServer();
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

test("sends the client's bytes, signed as the role, for the configured workspace", async () => {
  const platform = host({
    kind: 'claude-platform-aws',
    name: 'platform',
    endpoint: server.url,
    region: 'eu-west-1',
    workspaceId: 'wrkspc_1',
  });
  const headers = { 'anthropic-version': '2026-10-21', 'anthropic-workspace-id': 'the-clients-own', 'x-api-key': 'k' };
  await platform.open(call(undefined, { headers, stream: true }), never());
  const [request] = server.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/v1/messages',
    headers: {
      'anthropic-version': '2026-10-21',
      'anthropic-workspace-id': 'wrkspc_1',
      'x-amz-security-token': ENV.AWS_SESSION_TOKEN,
      'x-amz-date': '20261121T120000Z',
    },
  });
  expect(request?.body.toString()).toBe(`{"stream":true,${JSON.stringify(MESSAGE).slice(1)}`);
  expect(request?.headers).not.toHaveProperty('x-api-key');
  expect(request && expectedAuthorization(request, 'eu-west-1', 'aws-external-anthropic')).toBe(
    request?.headers.authorization,
  );
});
