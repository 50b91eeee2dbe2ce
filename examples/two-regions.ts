/** The gateway in two regions under one name: when a region goes, clients are sent to the other one, with the same key. */
import { App, type Stack } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  ClientAuth,
  FailoverGateway,
  Host,
  ProviderKey,
  RegionalGateways,
  RegionPair,
  RegionRouting,
} from 'cdk-claude-failover';

const FIRST = 'us-east-1';
const SECOND = 'us-west-2';

export const app = new App();

/** Secrets are kept in the first region; the second one has replicas, under the same names. */
function secretsOf(stack: Stack) {
  const keySecretName = 'claude/product';
  const anthropic = 'claude/anthropic';
  if (stack.region !== FIRST) {
    return {
      anthropicKey: ProviderKey.fromReplica(stack, 'AnthropicKey', anthropic),
      keySecret: Secret.fromSecretNameV2(stack, 'ProductKey', keySecretName),
    };
  }
  return {
    anthropicKey: new ProviderKey(stack, 'AnthropicKey', { secretName: anthropic, replicaRegions: [SECOND] }),
    keySecret: new Secret(stack, 'ProductKey', {
      secretName: keySecretName,
      generateSecretString: { passwordLength: 40, excludePunctuation: true },
      replicaRegions: [{ region: SECOND }],
    }),
  };
}

function gatewayIn(stack: Stack): FailoverGateway {
  const { anthropicKey, keySecret } = secretsOf(stack);
  return new FailoverGateway(stack, 'Gateway', {
    models: ['claude-sonnet-5-5', 'claude-haiku-5-5'],
    chain: [
      Host.anthropic({ keys: [anthropicKey] }),
      // The region's own one before the other's.
      Host.bedrock(),
      Host.bedrock({ region: stack.region === FIRST ? SECOND : FIRST }),
    ],
    auth: ClientAuth.apiKeys({ teams: [{ name: 'product', keySecret }] }),
    openHealth: true,
    canary: RegionPair.CANARY,
    pageEmails: ['on-call@example.com'],
  });
}

const zone = HostedZone.fromHostedZoneAttributes(app, 'Zone', {
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  zoneName: 'example.com',
});
new RegionalGateways(app, 'Claude', {
  regions: [FIRST, SECOND],
  name: 'claude.example.com',
  zone,
  routing: RegionRouting.latency(),
  gateways: { gatewayIn },
});
