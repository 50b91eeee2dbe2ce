import { checkConfig } from '../../bin/check-config';
import { StackConfigError } from '../../bin/stack-config-error';
import config from '../../failover.config';
import type { FailoverConfig } from '../../bin/failover-config';

const google = { projectId: 'my-project', projectNumber: '123456789012' };
const problems = (change: object): readonly string[] => {
  try {
    checkConfig({ ...config, ...change });
  } catch (error) {
    if (error instanceof StackConfigError) return error.problems;
    throw error;
  }
  return [];
};

/** Of one region; two have a test of their own. */
const everything: Required<Omit<FailoverConfig, 'regions' | 'domain'>> = {
  shape: 'webFunction',
  stackName: 'Claude',
  account: '111122223333',
  region: 'eu-central-1',
  models: ['claude-opus-5-5', 'claude-haiku-5-5'],
  chain: [
    { host: 'anthropic', name: 'direct', endpoint: 'https://proxy.example.com', keys: 2 },
    { host: 'bedrock', name: 'near', region: 'eu-central-1', profile: 'eu', costTags: { team: 'platform' } },
    { host: 'vertex', location: 'eu', modelIds: { 'claude-opus-5-5': 'claude-opus-5-5@default' } },
    { host: 'foundry', resource: 'my-resource', hosting: 'azure' },
    { host: 'claude-platform-aws', region: 'us-east-1', workspaceId: 'wrkspc_01' },
  ],
  lastResort: [
    { host: 'openai', model: 'gpt', keys: 2, servedIn: 'us' },
    { host: 'azure-openai', model: 'deployment', resource: 'r', entra: { tenantId: 't', clientId: 'c' } },
    { host: 'vertex-gemini', model: 'google/gemini', location: 'eu' },
    { host: 'bedrock-models', model: 'meta.llama', region: 'eu-central-1', name: 'llama' },
    { host: 'messages', model: 'qwen', baseUrl: 'http://10.0.0.1:8000', auth: 'none', lacks: ['web_search'] },
    { host: 'openai-compatible', model: 'qwen', baseUrl: 'https://example.com/v1', keys: 0 },
  ],
  fallbacks: ['claude-haiku-5-5', 'near/claude-haiku-5-5'],
  onRefusal: ['claude-haiku-5-5'],
  message: 'Out of order.',
  google: {
    projectId: 'my-project',
    projectNumber: '123456789012',
    poolId: 'claude',
    providerId: 'router',
    serviceAccountId: 'claude-router',
    predictRole: 'roles/aiplatform.user',
    auditLogs: true,
    logSink: { location: 'EU', datasetId: 'claude_audit', retentionDays: 400 },
    quotas: [{ quotaId: 'PredictionsPerMinute', value: 60, dimensions: { base_model: 'anthropic-claude-opus-5-5' } }],
    budget: { billingAccount: '012345-6789AB-CDEF01', monthlyAmount: 500, currency: 'EUR' },
    labels: { team: 'platform' },
  },
  audit: {
    years: 7,
    lock: 'compliance',
    format: 'parquet',
    whenDown: 'closed',
    contents: { days: 30, lock: 'governance' },
    breakGlassRoleArn: 'arn:aws:iam::111122223333:role/break-glass',
  },
  residency: 'anywhere',
  order: { weights: { direct: 70, near: 30 } },
  budget: 'interactive',
  commit: 'first-content',
  trickle: 0.01,
  cache: { ttlSeconds: 3600, staleSeconds: 86_400, shared: true, onRequest: true, epoch: 1 },
  routes: [
    {
      models: ['claude-haiku-*'],
      teams: ['product'],
      hours: { from: '22:00', to: '06:00', zone: 'Europe/Berlin', days: ['fri'] },
      chain: ['near'],
      order: { cheapest: { priceFactors: { near: 0.9 } } },
      budget: 'realtime',
      commit: 'complete',
      trickle: 0,
      cache: false,
      lastResort: false,
      fallbacks: [],
      onRefusal: [],
      message: 'Later.',
    },
  ],
  teams: [
    {
      name: 'product',
      rateLimit: 50,
      burstLimit: 100,
      quota: { limit: 1000, period: 'DAY' },
      may: ['skip', 'only'],
      spend: { monthly: 500, perUser: { daily: 5 }, users: { ann: { daily: 20 } } },
      operator: false,
    },
  ],
  spend: {
    monthly: 5000,
    perTeam: { weekly: 300 },
    models: { 'claude-opus-5-5': { daily: 50 } },
    timeZone: 'Europe/Berlin',
    unknownPrice: 'free',
    tableDown: 'closed',
    share: 60,
  },
  pageEmails: ['on-call@example.com'],
  noticeEmails: [],
  spendReport: { onDashboard: false, daily: true, anomalies: false, monthlyUsd: 5000 },
  guardrail: { id: 'abc123', version: '7', region: 'eu-central-1', output: false, whenDown: 'closed' },
  canary: {
    intervalMinutes: 2,
    dailyBudgetUsd: 0.2,
    quotas: { vertex: { tokensPerMinute: 100_000 } },
    openaiDoor: true,
    outsideView: { intervalMinutes: 10 },
  },
  queue: {
    deadlineMinutes: 60,
    keepAnswersHours: 48,
    inOrder: true,
    maxConcurrency: 5,
    webhooks: [{ team: 'product', hosts: ['hooks.example.com', 'other.example.com:8443'] }],
  },
  whenDown: 'queue',
  batches: {
    patienceMinutes: 90,
    jobs: {
      vertex: { bucket: 'gs://my-batches', location: 'us-east5' },
      bedrock: { bucket: 's3://my-batches', minRequests: 200 },
    },
    fullPriceUsdPerDay: 12.5,
    canary: true,
  },
  onDestroy: 'retain',
};

it('takes the file as it comes, and one with everything', () => {
  expect(checkConfig(config)).toEqual(config);
  expect(checkConfig(everything)).toEqual(everything);
});

it.each<[string, object, string]>([
  [
    'a last resort of Claude',
    { lastResort: [{ host: 'anthropic', model: 'claude-haiku-5-5' }] },
    'lastResort[0].host: got "anthropic"; must be one of openai, azure-openai, vertex-gemini, bedrock-models, messages, ' +
      'openai-compatible: kind of host',
  ],
  [
    'a gateway in the chain that has no model',
    { chain: [{ host: 'messages', baseUrl: 'https://openrouter.ai/api', models: {} }] },
    'chain[0].models: got an object; must have the id of one model at least: what the server calls it, such as "anthropic/claude-opus-5.5"',
  ],
  [
    'a gateway in the chain that is let in in no known way',
    { chain: [{ host: 'messages', baseUrl: 'https://gw.example.com', models: { a: 'b' }, auth: 'basic' }] },
    'chain[0].auth: got "basic"; must be one of bearer, x-api-key, none, or {"service": "<name in signatures>", "region": "<region>"}; default bearer',
  ],
  ['no model', { models: [] }, 'models: got an empty list; must be a list with at least one entry'],
  [
    'a kind of host that there is not',
    { chain: [{ host: 'openai' }] },
    'chain[0].host: got "openai"; must be one of anthropic, bedrock, vertex, foundry, claude-platform-aws, messages',
  ],
  [
    'a region that is none',
    { chain: [{ host: 'bedrock', region: 'Frankfurt' }] },
    'chain[0].region: got "Frankfurt"; must be an AWS region, such as us-east-1',
  ],
  [
    'a profile that there is not',
    { chain: [{ host: 'bedrock', profile: 'uk' }] },
    'chain[0].profile: got "uk"; must be one of global, us, eu, jp, au, apac, us-gov',
  ],
  ['a misspelt option', { pageEmail: [] }, 'pageEmail: unknown key; did you mean "pageEmails"?'],
  ['an address that is none', { pageEmails: ['ops'] }, 'pageEmails[0]: got "ops"; must be an e-mail address'],
  ['a budget that there is not', { budget: 'slow' }, 'budget: got "slow"; must be one of realtime, interactive, batch'],
  [
    'a residency that there is not',
    { residency: 'ch' },
    'residency: got "ch"; must be one of eu, us, jp, au, anywhere',
  ],
  [
    'a number as account',
    { account: 111122223333 },
    'account: got 111122223333; must be an AWS account number as a string',
  ],
  ['a Vertex host without a project', { chain: [{ host: 'vertex' }] }, 'google: missing; chain[0] is a Vertex host'],
  [
    'a project id that is none',
    { google: { ...google, projectId: 'My Project' } },
    'google.projectId: got "My Project"; must be the id of the Google Cloud project, such as my-project',
  ],
  [
    'a project number that is none',
    { google: { ...google, projectNumber: 'my-project' } },
    'google.projectNumber: got "my-project"; must be the number of the project, digits only; see: gcloud projects describe',
  ],
  [
    'a pool whose name Google would refuse',
    { google: { ...google, poolId: 'a'.repeat(33) } },
    'google.poolId: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; must be 4 to 32 lower case letters',
  ],
  [
    'a budget without its billing account',
    { google: { ...google, budget: { monthlyAmount: 5 } } },
    'google.budget.billingAccount: missing; must be the id of a billing account, such as 012345-6789AB-CDEF01',
  ],
  [
    'a stack whose name leaves no room for that of a role',
    { google, stackName: 'S'.repeat(58) },
    "stackName: got 58 characters; with a Google project at most 57 are possible, because Google knows the router by its role's name",
  ],
  [
    'a route for a team that there is not',
    { routes: [{ teams: ['defualt'] }] },
    'routes[0].teams[0]: there is no team "defualt"; did you mean "default"?',
  ],
])('stops at %s', (_what, change, text) => {
  expect(problems(change)).toEqual([expect.stringContaining(text)]);
});

it('lists every problem at once', () => {
  expect(problems({ models: [], budget: 'slow', teams: [{}] })).toHaveLength(3);
});
