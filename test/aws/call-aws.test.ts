import { AwsCallError, callAws, type AwsCall } from '../../lambda/aws/call-aws';
import { callAwsJson } from '../../lambda/aws/call-aws-json';
import { expectedAuthorization } from '../hosts/expected-signature';
import { ENV } from '../hosts/host-under-test';
import { json, recordingServer, type Recorded, type RecordingServer } from '../hosts/recording-server';

let aws: RecordingServer;
beforeEach(async () => (aws = await recordingServer(json({}))));
afterEach(() => aws.close());

const env = (): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  AWS_SESSION_TOKEN: 'token',
  AWS_ENDPOINT_URL: aws.url,
});
const call: AwsCall = { service: 'ssm', region: 'eu-central-1', headers: { 'x-amz-target': 'X.Y' }, body: '{}' };

/** Answers with each status in turn, and remembers the waits between. */
async function against(...replies: [status: number, body: object][]): Promise<{ waits: number[]; error?: unknown }> {
  const waits: number[] = [];
  aws.reply = (response, request) => {
    const [status, body] = replies[Math.min(aws.requests.length, replies.length) - 1] ?? [200, {}];
    json(body, status)(response, request);
  };
  try {
    await callAws(call, env(), async (ms) => void waits.push(ms));
    return { waits };
  } catch (error) {
    return { waits, error };
  }
}

test('a call is signed for its service and region, with the session of the role', async () => {
  await callAws({ ...call, service: 'lambda', path: '/2021-11-15/functions/arn%3Aaws/x' }, env());
  const [request] = aws.requests;
  expect(request?.path).toBe('/2021-11-15/functions/arn%3Aaws/x');
  expect(request?.headers).toMatchObject({ 'x-amz-target': 'X.Y', 'x-amz-security-token': 'token' });
  expect(request?.headers.authorization).toMatch(/AKIDEXAMPLE\/\d{8}\/eu-central-1\/lambda\/aws4_request/);
});

test('a call is made again, after a longer wait each time, while the service has too much to do', async () => {
  const { waits, error } = await against([400, { __type: 'ThrottlingException' }], [503, {}], [200, {}]);
  expect(error).toBeUndefined();
  expect(aws.requests).toHaveLength(3);
  expect(waits).toHaveLength(2);
  expect(waits[0]).toBeLessThanOrEqual(200);
  expect(waits[1]).toBeLessThanOrEqual(400);
});

test.each<[status: number, body: object]>([
  [429, { message: 'Rate exceeded' }],
  [429, {}],
  [500, {}],
  [503, { message: 'Service Unavailable' }],
  [400, { __type: 'ThrottlingException' }],
  [400, { __type: 'ProvisionedThroughputExceededException' }],
])('a service that answers %i with %j is called again', async (status, body) => {
  const { waits, error } = await against([status, body], [200, {}]);
  expect(error).toBeUndefined();
  expect(aws.requests).toHaveLength(2);
  expect(waits).toHaveLength(1);
});

test('a refusal is not repeated, and is told in the service’s own words', async () => {
  const { error } = await against([400, { __type: 'AccessDeniedException', message: 'not authorized' }]);
  expect(aws.requests).toHaveLength(1);
  expect(String(error)).toContain('ssm answered 400: {"__type":"AccessDeniedException"');
});

test('a service that stays down ends the call after four attempts', async () => {
  const { error } = await against([500, {}]);
  expect(aws.requests).toHaveLength(4);
  expect(String(error)).toContain('ssm answered 500');
});

test('a service that cannot be reached is called again, and then named', async () => {
  const waits: number[] = [];
  await aws.close();
  const called = callAws(call, env(), async (ms) => void waits.push(ms));
  await expect(called).rejects.toThrow('ssm in eu-central-1 cannot be called: ECONNREFUSED');
  expect(waits).toHaveLength(3);
});

test('a service’s endpoint may be moved by itself, as for AWS’s own clients', async () => {
  const other = await recordingServer(json({ value: 1 }));
  try {
    await callAws({ ...call, service: 'secretsmanager' }, { ...env(), AWS_ENDPOINT_URL_SECRETS_MANAGER: other.url });
    await callAws(call, { ...env(), AWS_ENDPOINT_URL_SECRETS_MANAGER: other.url });
    expect([other.requests.length, aws.requests.length]).toEqual([1, 1]);
  } finally {
    await other.close();
  }
});

test('a read has no body, and its query is sent and signed', async () => {
  const path = '/apikeys/arn%3Aa?value=true&limit=1';
  const read: AwsCall = { service: 'apigateway', region: 'eu-central-1', method: 'GET', path };
  await callAws(read, { ...ENV, AWS_ENDPOINT_URL: aws.url });
  const [request] = aws.requests as [Recorded];
  expect(request).toMatchObject({ method: 'GET', path, body: Buffer.alloc(0) });
  expect(request.headers.authorization).toBe(expectedAuthorization(request, read.region, read.service));
});

test('an answer that ends the time allowed says so by its cause', async () => {
  aws.reply = () => undefined;
  const error: unknown = await callAws({ ...call, signal: AbortSignal.timeout(30) }, env()).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(AwsCallError);
  expect(error).toMatchObject({ status: undefined, cause: { name: 'TimeoutError' } });
});

test('an answer that is not JSON is not repeated: it may be a secret', async () => {
  aws.reply = (response) => response.end('sk-ant-secret');
  const read = callAwsJson({ service: 'ssm', region: 'eu-central-1', target: 'X.Y', body: {} }, env());
  await expect(read).rejects.toThrow(/^ssm answered with what is not JSON$/);
});
