import { regions } from '../../../bin/doctor/checks/regions/regions';
import type { Deployed } from '../../../bin/doctor/deployed';
import type { RouterConfig, StackDescription } from '../../../lib/contract';
import { AwsError, startFakeAws, type AwsAnswers, type FakeAws } from './fake-aws';

const NAME = 'claude.example.com';
const KEY = 'a-key-that-nobody-may-see';
const config = (region: string, more: Partial<RouterConfig> = {}): RouterConfig => ({
  hosts: [
    { kind: 'anthropic', name: 'anthropic', keys: [{ secretArn: `arn:aws:secretsmanager:${region}:1:secret:key` }] },
    { kind: 'bedrock', name: 'bedrock-us-east-1', region: 'us-east-1', profile: 'global' },
  ],
  models: ['claude-haiku-5-5'],
  routes: [{ chain: ['anthropic', 'bedrock-us-east-1'] }],
  clients: [
    { name: 'product', apiKeyId: `product-${region}` },
    { name: 'canary', apiKeyId: `canary-${region}` },
  ],
  ...more,
});
const deployed = (region: string, other: string, more: Partial<Deployed> = {}): Deployed => ({
  stack: {
    url: `https://127.0.0.1:9`,
    region,
    healthTable: { name: 'health' },
    pair: {
      name: NAME,
      other: { region: other, stack: `Claude-${other}` },
      healthCheck: `check-${region}`,
      checkSeconds: 30,
      checkFailures: 3,
    },
  } satisfies StackDescription,
  status: 'UPDATE_COMPLETE',
  config: config(region),
  codeSha256: 'same',
  ...more,
});

const observed = (...statuses: string[]): string =>
  `<GetHealthCheckStatusResponse><HealthCheckObservations>${statuses
    .map(
      (status) =>
        `<HealthCheckObservation><StatusReport><Status>${status}</Status></StatusReport></HealthCheckObservation>`,
    )
    .join('')}</HealthCheckObservations></GetHealthCheckStatusResponse>`;
const green = observed('Success: HTTP Status Code 200', 'Success: HTTP Status Code 200');
const HEALTHY: AwsAnswers = {
  'apigateway /apikeys/product-us-east-1?includeValue=true': { id: 'a', value: KEY },
  'apigateway /apikeys/product-us-west-2?includeValue=true': { id: 'b', value: KEY },
  'secretsmanager DescribeSecret': {
    Name: 'ClaudeFailover/anthropic-1',
    PrimaryRegion: 'us-east-1',
    ReplicationStatus: [{ Region: 'us-west-2', Status: 'InSync' }],
  },
  'route53 /2013-04-01/healthcheck/check-us-east-1/status': green,
  'route53 /2013-04-01/healthcheck/check-us-west-2/status': green,
};

let aws: FakeAws | undefined;
const before = { ...process.env };
afterEach(async () => {
  await aws?.close();
  process.env = { ...before };
});

async function found(answers: AwsAnswers = {}, own: Partial<Deployed> = {}): Promise<Record<string, string>> {
  aws = await startFakeAws({ ...HEALTHY, ...answers });
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  const seen = await regions(deployed('us-east-1', 'us-west-2', own), deployed('us-west-2', 'us-east-1'));
  expect(JSON.stringify(seen)).not.toContain(KEY);
  // Nobody shows a certificate on loopback.
  const rest = seen.filter(({ subject }) => !subject.startsWith('certificate'));
  return Object.fromEntries(rest.map(({ subject, status, detail }) => [subject, `${status}: ${detail}`]));
}

it('finds two regions alike, whose chains and keys differ by nothing but their region', async () => {
  expect(
    await found({}, { config: config('us-east-1', { routes: [{ chain: ['bedrock-us-east-1', 'anthropic'] }] }) }),
  ).toEqual({
    version: 'ok: the same in us-east-1 and us-west-2',
    configuration: 'ok: the same in us-east-1 and us-west-2',
    keys: 'ok: 1 of teams, the same in both regions',
    'secret ClaudeFailover/anthropic-1': 'ok: in step in us-west-2',
    'health check us-east-1': 'ok: 2 of 2 checkers find it well',
    'health check us-west-2': 'ok: 2 of 2 checkers find it well',
  });
});

it('says what differs, and never a key', async () => {
  const seen = await found(
    {
      'apigateway /apikeys/product-us-west-2?includeValue=true': { id: 'b', value: 'another-key' },
      'secretsmanager DescribeSecret': {
        Name: 'key',
        PrimaryRegion: 'us-east-1',
        ReplicationStatus: [{ Region: 'us-west-2', Status: 'Failed', StatusMessage: 'denied' }],
      },
      'route53 /2013-04-01/healthcheck/check-us-east-1/status': observed('Failure: HTTP Status Code 503'),
    },
    { codeSha256: 'older', config: config('us-east-1', { models: ['claude-opus-5-5'] }) },
  );
  expect(seen).toMatchObject({
    version: 'warning: us-east-1 and us-west-2 run different versions of the router',
    configuration: 'warning: models differ between the regions',
    'key of product': expect.stringMatching(/^problem: differs between us-east-1 and us-west-2/),
    'secret key': 'problem: us-west-2: Failed, denied',
    'health check us-east-1': 'problem: 0 of 1 checkers find it well: Failure: HTTP Status Code 503',
  });
});

it('what cannot be looked at is a finding, and hides no other', async () => {
  const seen = await found({ 'secretsmanager DescribeSecret': new AwsError(403, 'AccessDeniedException') });
  expect(seen['replicas']).toMatch(/^problem: could not be looked at: AccessDeniedException/);
  expect(seen['version']).toMatch(/^ok/);
});
