import type { VertexHostConfig } from '../../lib/contract';
import { call, ENV, fixedClock, frozen, host, MESSAGE, never, text, transport } from './host-under-test';
import { json, recordingServer, type RecordingServer } from './recording-server';

const AUDIENCE = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/providers/router';
const START = Date.now();

let google: RecordingServer;
let issued: number;
let exchangeStatus: number;

beforeEach(async () => {
  issued = 0;
  exchangeStatus = 200;
  google = await recordingServer((response, request) => {
    if (request.path === '/v1/token') {
      issued += 1;
      if (exchangeStatus !== 200) {
        return json({ error: 'invalid_grant', error_description: 'rejected by the attribute condition' }, exchangeStatus)(
          response,
          request,
        );
      }
      return json({ access_token: `sts-${issued}`, expires_in: 3600, token_type: 'Bearer' })(response, request);
    }
    if (request.path.endsWith(':generateAccessToken')) {
      const expireTime = new Date(Date.now() + 3_600_000).toISOString();
      return json({ accessToken: `impersonated-${issued}`, expireTime })(response, request);
    }
    return json({ type: 'message', id: 'msg_vrtx_1' })(response, request);
  });
});
afterEach(() => google.close());
afterAll(() => transport.closeAll());

const config = (over: Partial<VertexHostConfig> = {}): VertexHostConfig => ({
  kind: 'vertex',
  name: 'google',
  endpoint: google.url,
  project: 'proj',
  location: 'global',
  federation: { audience: AUDIENCE, tokenUrl: `${google.url}/v1/token` },
  ...over,
});
const predictions = () => google.requests.filter(({ path }) => path.includes('Predict'));

test('exchanges the signed identity of the role for a token, and sends that', async () => {
  const answer = await host(config()).open(call(), never());
  expect(await text(answer)).toContain('msg_vrtx_1');
  const [exchange, prediction] = google.requests;
  const form = new URLSearchParams(exchange?.body.toString());
  expect(form.get('audience')).toBe(AUDIENCE);
  expect(form.get('subject_token_type')).toBe('urn:ietf:params:aws:token-type:aws4_request');
  const subject = JSON.parse(decodeURIComponent(form.get('subject_token') ?? ''));
  expect(subject.url).toBe('https://sts.us-east-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15');
  expect(prediction?.headers.authorization).toBe('Bearer sts-1');
});
