/** A router that costs next to nothing while it waits: a Lambda Web Function serves many requests at a time, and is paid for by their CPU. */
import { App, Stack } from 'aws-cdk-lib';
import { ChainPreset, ClientAuth, FailoverGateway, ProviderKey, RouterShape } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'WebFunction', { env: { region: 'us-east-1' } });

new FailoverGateway(stack, 'Gateway', {
  shape: RouterShape.webFunction({ rateLimit: 500, maxEnvironments: 20 }),
  models: ['claude-opus-5-5', 'claude-haiku-5-5'],
  chain: ChainPreset.costOptimised({
    anthropicKeys: [new ProviderKey(stack, 'AnthropicKey')],
    regions: ['us-east-1', 'us-west-2'],
  }),
  auth: ClientAuth.apiKeys({
    teams: [{ name: 'product', rateLimit: 50, burstLimit: 100 }, { name: 'nightly' }],
  }),
  pageEmails: ['on-call@example.com'],
});
