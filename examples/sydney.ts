/** For clients in Australia: near hosts first, the rest of the world when both fail. */
import { App, Stack } from 'aws-cdk-lib';
import { ChainPreset, FailoverGateway, ProviderKey } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'Sydney', { env: { region: 'ap-southeast-2' } });

new FailoverGateway(stack, 'Gateway', {
  models: ['claude-opus-5', 'claude-haiku-5-5'],
  chain: ChainPreset.sydney({ anthropicKeys: [new ProviderKey(stack, 'AnthropicKey')] }),
  pageEmails: ['on-call@example.com'],
});
