/** Everything: three vendors, keys in a pool, cost by team, routes, limits, a name of one's own, a firewall, a look from outside, requests that can wait. */
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BedrockInferenceProfile,
  BedrockProfile,
  ClientAuth,
  Commit,
  FailoverGateway,
  Firewall,
  GatewayEndpoint,
  Host,
  LatencyBudget,
  ProviderKey,
  RouterDeployment,
  Steering,
} from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'CompleteStack', { env: { account: '111122223333', region: 'us-east-1' } });

const models = ['claude-opus-5-5', 'claude-haiku-5-5'];
const encryptionKey = new Key(stack, 'KeysKey', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
const keys = ['First', 'Second'].map(
  (which) =>
    new ProviderKey(stack, `${which}AnthropicKey`, {
      encryptionKey,
      replicaRegions: ['us-west-2'],
      rotationReminder: Duration.days(60),
    }),
);

const anthropic = Host.anthropic({ keys });
const bedrockHosts = [
  { region: 'us-east-1', profile: BedrockProfile.GLOBAL },
  { region: 'us-west-2', profile: BedrockProfile.US },
].map(({ region, profile }) =>
  Host.bedrock({
    region,
    profile,
    inferenceProfiles: models.map(
      (model) =>
        new BedrockInferenceProfile(stack, `${model}-${region}`, {
          model,
          region,
          profile,
          tags: { team: 'platform' },
        }),
    ),
  }),
);
const vertex = Host.vertex({ projectId: 'my-project', projectNumber: '123456789012' });

new FailoverGateway(stack, 'Gateway', {
  models,
  chain: [anthropic, ...bedrockHosts, vertex],
  routes: [
    {
      clients: ['nightly'],
      chain: [...bedrockHosts, vertex, anthropic],
      budget: LatencyBudget.BATCH,
      commit: Commit.COMPLETE,
    },
  ],
  auth: ClientAuth.apiKeys({
    teams: [
      { name: 'product', rateLimit: 50, burstLimit: 100 },
      { name: 'nightly', quota: { limit: 1_000_000, period: Period.MONTH } },
      { name: 'operations', may: [Steering.ONLY, Steering.SKIP, Steering.COMMIT, Steering.BUDGET] },
    ],
  }),
  endpoint: GatewayEndpoint.customDomain({
    domainName: 'claude.example.com',
    certificate: Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
    ),
  }),
  firewall: Firewall.rateLimit({ requestsPerFiveMinutes: 3000 }),
  canary: { outsideView: { interval: Duration.minutes(10) } },
  deployment: RouterDeployment.CANARY_10_PERCENT_15_MINUTES,
  reservedConcurrentExecutions: 500,
  queue: { deadline: Duration.hours(12) },
  batches: { fullPriceUsdPerDay: 20, canary: true },
  logRetention: RetentionDays.ONE_MONTH,
  pageEmails: ['on-call@example.com'],
  noticeEmails: ['platform@example.com'],
  spendReport: {},
  alarms: { monthlySpend: { threshold: 5000 } },
});
