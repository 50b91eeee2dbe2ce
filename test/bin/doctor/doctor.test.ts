import type { RouterConfig, StackDescription } from '../../../lib/contract';
import { doctorChecks } from '../../../bin/doctor/doctor-checks';
import { runDoctor, worst } from '../../../bin/doctor/run-doctor';
import { diagnosisTable } from '../../../bin/doctor/diagnosis-table';
import { AwsError, startFakeAws, type AwsAnswers, type FakeAws } from './fake-aws';

const ROUTER = 'arn:aws:lambda:us-east-1:123456789012:function:router:live';
const PAGE = 'arn:aws:sns:us-east-1:123456789012:page';
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:anthropic-AbCdEf';
const STACK: StackDescription = {
  url: 'http://127.0.0.1:9',
  region: 'us-east-1',
  healthTable: { name: 'health' },
  router: ROUTER,
  pageTopic: PAGE,
  key: 'gateway-key',
};
const CONFIG: RouterConfig = {
  hosts: [
    { kind: 'anthropic', name: 'anthropic', keys: [{ secretArn: SECRET }] },
    { kind: 'bedrock', name: 'bedrock-us', region: 'us-east-1', profile: 'us' },
  ],
  models: ['claude-haiku-5-5'],
  routes: [{ chain: ['anthropic', 'bedrock-us'] }],
};
const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);

const profile = (...regions: string[]) => ({
  status: 'ACTIVE',
  models: regions.map((region) => ({
    modelArn: `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-haiku-5-5`,
  })),
});
const subscription = (arn: string) =>
  `<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions><member>
  <SubscriptionArn>${arn}</SubscriptionArn><Owner>123456789012</Owner><Protocol>email</Protocol>
  <Endpoint>on-call@example.com</Endpoint><TopicArn>${PAGE}</TopicArn></member></Subscriptions>
  </ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`;
const identityOf = (account: string) =>
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/me</Arn>
  <UserId>AIDA</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const secret = (...ages: number[]) => ({
  Name: 'anthropic',
  Versions: ages.map((days, index) => ({
    CreatedDate: now - days * DAY,
    VersionStages: index === 0 ? ['AWSCURRENT'] : ['AWSPREVIOUS'],
  })),
});
const quota = (value: number) => ({
  Quotas: [{ QuotaName: 'Cross-Region InvokeModel tokens per minute for Anthropic Claude Haiku 5.5', Value: value }],
});
const PROFILE = 'bedrock /inference-profiles/us.anthropic.claude-haiku-5-5';
const AVAILABILITY = 'bedrock /foundation-model-availability/anthropic.claude-haiku-5-5';

const canaryResult = (outcome: string, at = Date.now()) => ({
  type: { S: 'result' },
  host: { S: 'bedrock-us' },
  model: { S: 'claude-haiku-5-5' },
  shape: { S: 'tool-use' },
  outcome: { S: outcome },
  at: { N: String(at) },
  elapsedMs: { N: '300' },
});

const HEALTHY: AwsAnswers = {
  'sts GetCallerIdentity': identityOf('123456789012'),
  [`lambda /2015-03-31/functions/${ROUTER}/configuration`]: {
    Environment: { Variables: { FAILOVER_CONFIG: JSON.stringify(CONFIG) } },
  },
  'secretsmanager ListSecretVersionIds': secret(10, 40),
  'bedrock /use-case-for-model-access': { formData: 'e30=' },
  [AVAILABILITY]: {
    modelId: 'anthropic.claude-haiku-5-5',
    agreementAvailability: { status: 'AVAILABLE' },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  },
  [PROFILE]: profile('us-east-1', 'us-east-2', 'us-west-2'),
  'servicequotas ListServiceQuotas': quota(2_000_000),
  'sns ListSubscriptionsByTopic': subscription(`${PAGE}:1`),
  'sns GetTopicAttributes': `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Policy</key><value>
  {"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish"}]}</value></entry>
  </Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>`,
  'dynamodb Query': { Items: [canaryResult('ok')], Count: 1 },
};

let aws: FakeAws | undefined;
const before = { ...process.env };
afterEach(async () => {
  await aws?.close();
  process.env = { ...before };
});

async function examine(answers: AwsAnswers, status = 'UPDATE_COMPLETE') {
  aws = await startFakeAws({ ...HEALTHY, ...answers });
  const credentials = {
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_REGION: 'us-east-1',
    AWS_MAX_ATTEMPTS: '1',
  };
  Object.assign(process.env, credentials, { AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_DYNAMODB: aws.url });
  const checks = (await doctorChecks({ stack: STACK, name: 'ClaudeFailover', status })).filter(
    ({ name }) => name !== 'hosts',
  );
  return runDoctor(checks, () => undefined);
}

test('a healthy stack has nothing to repair, and nothing was written or read that is secret', async () => {
  const findings = await examine({});
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(worst(findings)).toBe('ok');
  expect(diagnosisTable(findings, false)).toContain('serves in us-east-1, us-east-2, us-west-2');
  expect(aws?.asked.join()).not.toMatch(/GetSecretValue|Put|Create|Delete|Update/);
});

test.each<[what: string, answers: AwsAnswers, check: string, detail: RegExp, remedy: RegExp]>([
  [
    'credentials of another account',
    { 'sts GetCallerIdentity': identityOf('999999999999') },
    'identity',
    /stack is in account 123456789012/,
    /AWS_PROFILE/,
  ],
  [
    'a key that is still a placeholder',
    { 'secretsmanager ListSecretVersionIds': secret(3) },
    'keys',
    /placeholder/,
    /put-secret-value/,
  ],
  [
    'a form that nobody filled in',
    { 'bedrock /use-case-for-model-access': new AwsError(404, 'ResourceNotFoundException') },
    'model access',
    /not filled in/,
    /put-use-case-for-model-access/,
  ],
  [
    'a model without a subscription',
    { [AVAILABILITY]: { ...(HEALTHY[AVAILABILITY] as object), agreementAvailability: { status: 'NOT_AVAILABLE' } } },
    'model access',
    /not subscribed/,
    /playground/,
  ],
  [
    'a profile that leads outside',
    { [PROFILE]: profile('us-east-1', 'ca-central-1') },
    'profiles',
    /leads to ca-central-1/,
    /Update cdk-claude-failover/,
  ],
  [
    'a profile that does not exist',
    { [PROFILE]: new AwsError(404, 'ResourceNotFoundException') },
    'profiles',
    /does not exist/,
    /another profile/,
  ],
  [
    'a quota of nothing',
    { 'servicequotas ListServiceQuotas': quota(0) },
    'quotas',
    /0 tokens a minute/,
    /Service Quotas/,
  ],
  [
    'a subscription that waits',
    { 'sns ListSubscriptionsByTopic': subscription('PendingConfirmation') },
    'subscriptions',
    /has not confirmed/,
    /Open the mail/,
  ],
  [
    'a canary that is silent',
    { 'dynamodb Query': { Items: [canaryResult('ok', Date.now() - 3_600_000)], Count: 1 } },
    'canary',
    /last reported at/,
    /schedule/,
  ],
  [
    'what the canary found',
    { 'dynamodb Query': { Items: [canaryResult('not-enabled')], Count: 1 } },
    'canary',
    /claude-haiku-5-5, tool-use: not-enabled/,
    /account may use this model/,
  ],
  [
    'a right that is missing',
    { [AVAILABILITY]: new AwsError(403, 'AccessDeniedException') },
    'model access',
    /could not be looked at: AccessDenied/,
    /may read this/,
  ],
])('%s is a problem with its remedy', async (_, answers, check, detail, remedy) => {
  const findings = await examine(answers);
  const problems = findings.filter(({ status }) => status === 'problem');
  expect(problems).toEqual([
    expect.objectContaining({ check, detail: expect.stringMatching(detail), remedy: expect.stringMatching(remedy) }),
  ]);
  expect(worst(findings)).toBe('problem');
});

test('a key past its age and a host in a drain are warnings, which end with code 0', async () => {
  const drained = {
    kind: { S: 'router' },
    entry: { S: 'override#bedrock-us' },
    type: { S: 'override' },
    host: { S: 'bedrock-us' },
    action: { S: 'drain' },
    by: { S: 'operator' },
    at: { N: String(Date.now()) },
    until: { N: String(Date.now() + 60_000) },
  };
  const findings = await examine({
    'secretsmanager ListSecretVersionIds': secret(120, 300),
    'dynamodb Query': { Items: [drained, canaryResult('ok')], Count: 2 },
  });
  const warnings = findings.filter(({ status }) => status === 'warning');
  expect(warnings.map(({ detail }) => detail)).toEqual([
    '120 days old',
    expect.stringMatching(/^drain by operator since/),
  ]);
  expect(worst(findings)).toBe('warning');
});

test('a stack in the middle of a rollback is a problem', async () => {
  const findings = await examine({}, 'UPDATE_ROLLBACK_IN_PROGRESS');
  expect(findings[0]).toMatchObject({ check: 'stack', status: 'problem' });
});
