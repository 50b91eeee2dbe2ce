/** Three vendors: no single outage takes it down. No Google key is stored. */
import { App, Stack } from 'aws-cdk-lib';
import { ChainPreset, FailoverGateway, ProviderKey } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'MultiCloud', { env: { region: 'us-east-1' } });

new FailoverGateway(stack, 'Gateway', {
  models: ['claude-opus-5-5', 'claude-haiku-5-5'],
  chain: ChainPreset.multiCloud({
    anthropicKeys: [new ProviderKey(stack, 'AnthropicKey')],
    regions: ['us-east-1', 'us-west-2'],
    vertex: { projectId: 'my-project', projectNumber: '123456789012' },
  }),
  pageEmails: ['on-call@example.com'],
});
