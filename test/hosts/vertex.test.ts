import type { GoogleFederation, VertexHostConfig } from '../../lib/contract';
import type { Clock } from '../../lambda/engine/time/clock';
import type { HostCall } from '../../lambda/engine/host';
import { call, ENV, frozen, host, MESSAGE, never, text, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

const AUDIENCE = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/providers/router';
const LIFE_S = 3600;
const START = Date.UTC(2026, 10, 21, 12);

let server: RecordingServer;
let now: number;
let exchanges: number;
let refusal: { readonly path: RegExp; readonly status: number; readonly body: unknown } | undefined;

/** Time that moves by hand; its timers never fire. */
const clock: Clock = { now: () => now, timer: () => ({ cancel: () => undefined }) };

beforeEach(async () => {
  now = START;
  exchanges = 0;
  refusal = undefined;
  server = await recordingServer((response, request) => {
    if (refusal?.path.test(request.path)) return json(refusal.body, refusal.status)(response, request);
    if (request.path === '/v1/token') {
      exchanges += 1;
      return json({ access_token: `sts-token-${exchanges}`, expires_in: LIFE_S, token_type: 'Bearer' })(
        response,
        request,
      );
    }
    if (request.path.endsWith(':generateAccessToken')) {
      const expireTime = new Date(now + LIFE_S * 1000).toISOString();
      return json({ accessToken: `account-token-${exchanges}`, expireTime })(response, request);
    }
    return json({ type: 'message', id: 'msg_vrtx_1' })(response, request);
  });
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

const vertex = (federation: Partial<GoogleFederation> = {}, over: Partial<VertexHostConfig> = {}) =>
  host(
    {
      kind: 'vertex',
      name: 'google',
      endpoint: server.url,
      project: 'proj',
      location: 'global',
      federation: { audience: AUDIENCE, tokenUrl: `${server.url}/v1/token`, ...federation },
      ...over,
    },
    { clock },
  );
const predictions = () => server.requests.filter(({ path }) => path.includes('/publishers/'));
const tokensSent = () => predictions().map(({ headers }) => headers.authorization);
const sent = (): unknown => JSON.parse(predictions().at(-1)?.body.toString() ?? '');
const open = (over: Partial<HostCall> = {}, body = MESSAGE) => vertex().open(call(body, over), never());

describe('the request', () => {
  test("has the model in the path, '@' as it is, the version in the body and the betas in the header", async () => {
    const body = frozen({ ...MESSAGE, model: 'claude-haiku-4-5', stream: false, unknown: [1] });
    const headers = {
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'context-1m-2025-08-07,mcp-client-2025-11-20',
      'x-api-key': 'client-key',
    };
    const answer = await open({ model: 'claude-haiku-4-5-20251001', headers }, body);
    const [request] = predictions();
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/projects/proj/locations/global/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict',
      headers: { 'anthropic-beta': 'context-1m-2025-08-07', authorization: 'Bearer sts-token-1' },
    });
    const { model: _, stream: __, ...rest } = body;
    expect(sent()).toEqual({ ...rest, anthropic_version: 'vertex-2023-10-16' });
    for (const name of ['anthropic-version', 'x-api-key']) expect(request?.headers).not.toHaveProperty(name);
    expect(answer.dropped).toEqual(['mcp-client-2025-11-20']);
    expect(await text(answer)).toContain('msg_vrtx_1');
  });

  test('for a stream goes to streamRawPredict and says so in the body too', async () => {
    await open({ stream: true, headers: { 'anthropic-version': '2026-10-21' } });
    expect(predictions()[0]?.path).toMatch(/models\/claude-opus-5-5:streamRawPredict$/);
    expect(sent()).toMatchObject({ stream: true, anthropic_version: '2026-10-21' });
  });

  test('for a count keeps the model in the body', async () => {
    const { max_tokens: _, ...counted } = MESSAGE;
    await open({ endpoint: 'count_tokens' }, frozen({ ...counted, model: 'claude-opus-5-5' }));
    expect(predictions()[0]?.path).toMatch(/models\/count-tokens:rawPredict$/);
    expect(sent()).toEqual({ ...counted, anthropic_version: 'vertex-2023-10-16' });
  });

  test('leaves out what the host has refused, and takes the version it has taught', async () => {
    const adaptation = { dropBetas: ['b'], dropFields: ['tools.*.x'], version: 'vertex-2023-10-16' };
    const body = frozen({ ...MESSAGE, tools: [{ name: 't', x: 1 }] });
    const headers = { 'anthropic-version': '2026-10-21', 'anthropic-beta': 'b' };
    const answer = await open({ adaptation, headers }, body);
    expect(sent()).toMatchObject({ tools: [{ name: 't' }], anthropic_version: 'vertex-2023-10-16' });
    expect(predictions()[0]?.headers).not.toHaveProperty('anthropic-beta');
    expect(answer.dropped).toEqual(['tools.*.x', 'b']);
  });
});

describe('the token', () => {
  test("is exchanged for the role's signed identity", async () => {
    await open();
    const form = new URLSearchParams(server.requests[0]?.body.toString());
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: AUDIENCE,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
    });
    const subject = JSON.parse(decodeURIComponent(form.get('subject_token') ?? '')) as {
      readonly url: string;
      readonly method: string;
      readonly headers: readonly { readonly key: string; readonly value: string }[];
    };
    const headers = Object.fromEntries(subject.headers.map(({ key, value }) => [key.toLowerCase(), value]));
    expect(subject).toMatchObject({
      url: 'https://sts.us-east-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
      method: 'POST',
    });
    expect(headers).toMatchObject({
      host: 'sts.us-east-1.amazonaws.com',
      'x-amz-security-token': ENV.AWS_SESSION_TOKEN,
      'x-goog-cloud-target-resource': AUDIENCE,
      authorization: expect.stringContaining(`Credential=${ENV.AWS_ACCESS_KEY_ID}/`) as string,
    });
  });

  test("is the service account's where there is one", async () => {
    const account = 'router@proj.iam.gserviceaccount.com';
    await vertex({ serviceAccount: account, iamEndpoint: server.url }).open(call(), never());
    expect(server.requests[1]).toMatchObject({
      path: `/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
      headers: { authorization: 'Bearer sts-token-1' },
    });
    expect(tokensSent()).toEqual(['Bearer account-token-1']);
  });

  test('is fetched once for all who wait for it, and kept', async () => {
    const google = vertex();
    await Promise.all([1, 2, 3].map(() => google.open(call(), never())));
    await google.open(call(), never());
    expect(exchanges).toBe(1);
  });

  test('is renewed behind the requests when its end is near', async () => {
    const google = vertex();
    await google.open(call(), never());
    now = START + (LIFE_S - 200) * 1000;
    await google.open(call(), never());
    while (exchanges < 2) await google.open(call(), never());
    await google.refreshCredential(undefined);
    await google.open(call(), never());
    expect(tokensSent().slice(0, 2)).toEqual(['Bearer sts-token-1', 'Bearer sts-token-1']);
    expect(tokensSent().at(-1)).not.toBe('Bearer sts-token-1');
  });

  test('is never sent in its last minute', async () => {
    const google = vertex();
    await google.open(call(), never());
    now = START + (LIFE_S - 60) * 1000;
    await google.open(call(), never());
    expect(tokensSent()).toEqual(['Bearer sts-token-1', 'Bearer sts-token-2']);
  });

  test('is fetched anew when it was refused', async () => {
    const google = vertex();
    await google.open(call(), never());
    expect(await google.refreshCredential(undefined)).toBe(true);
    await google.open(call(), never());
    expect(tokensSent()).toEqual(['Bearer sts-token-1', 'Bearer sts-token-2']);
  });
});

describe('without a token nothing is sent to the model, and the error names the step', () => {
  const failing = async (federation: Partial<GoogleFederation> = {}): Promise<string> => {
    const error: unknown = await vertex(federation)
      .open(call(), never())
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'HostError', kind: 'credential' });
    expect(predictions()).toHaveLength(0);
    const { message, cause } = error as Error;
    expect(cause).toBeUndefined();
    for (const secret of [ENV.AWS_SECRET_ACCESS_KEY, ENV.AWS_SESSION_TOKEN, 'sts-token', 'Signature=']) {
      expect(message).not.toContain(secret);
    }
    return message;
  };

  test('when the exchange is refused', async () => {
    const body = {
      error: 'unauthorized_client',
      error_description: 'The given credential is rejected by the attribute condition.',
    };
    refusal = { path: /token$/, status: 401, body };
    expect(await failing()).toBe(
      'host google: Google token exchange: refused with status 401: The given credential is rejected by the attribute condition. ' +
        "(the pool does not let this role in: its AWS account and roles must be this stack's; deploy the Google side again)",
    );
  });

  test('when the impersonation is refused', async () => {
    const error = {
      code: 403,
      message: "Permission 'iam.serviceAccounts.getAccessToken' denied",
      status: 'PERMISSION_DENIED',
    };
    refusal = { path: /generateAccessToken$/, status: 403, body: { error } };
    expect(await failing({ serviceAccount: 'a@b', iamEndpoint: server.url })).toMatch(
      /^host google: Google impersonation: refused with status 403: Permission/,
    );
  });

  test('when Google cannot be reached, or answers with something else', async () => {
    expect(await failing({ tokenUrl: 'http://127.0.0.1:1/v1/token' })).toContain(
      'Google token exchange: connection to',
    );
    refusal = { path: /token$/, status: 200, body: [] };
    expect(await failing()).toBe('host google: Google token exchange: the answer has no access_token');
  });

  test('and the next request tries again', async () => {
    const google = vertex();
    refusal = { path: /token$/, status: 503, body: {} };
    await expect(google.open(call(), never())).rejects.toMatchObject({ kind: 'credential' });
    expect(await google.refreshCredential(undefined)).toBe(false);
    refusal = undefined;
    await expect(google.open(call(), never())).resolves.toMatchObject({ status: 200 });
  });
});

test('an abort while the token is awaited ends the attempt, not the fetch', async () => {
  const google = vertex();
  const controller = new AbortController();
  const opening = google.open(call(), controller.signal);
  const { reply } = server;
  server.reply = (response, request) => {
    controller.abort();
    void opening.catch(() => reply(response, request));
  };
  await expect(opening).rejects.toMatchObject({ kind: 'connection' });
  server.reply = reply;
  await google.open(call(), never());
  expect(exchanges).toBe(1);
});
