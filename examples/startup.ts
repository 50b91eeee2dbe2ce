/** Anthropic first, Bedrock at the same list price when it fails: the least that survives an outage of either. */
import { App, Stack } from 'aws-cdk-lib';
import { ChainPreset, FailoverGateway, ProviderKey } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'Startup', { env: { region: 'us-east-1' } });

new FailoverGateway(stack, 'Gateway', {
  models: ['claude-sonnet-5-5', 'claude-haiku-5-5'],
  chain: ChainPreset.costOptimised({
    anthropicKeys: [new ProviderKey(stack, 'AnthropicKey')],
    regions: ['us-east-1', 'us-west-2'],
  }),
  memorySize: 512,
  pageEmails: ['founders@example.com'],
});
