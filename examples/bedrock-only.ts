/** AWS alone: no key of another vendor, and a quota of its own for each region and profile. */
import { App, Stack } from 'aws-cdk-lib';
import { ChainPreset, ClientAuth, FailoverGateway } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'BedrockOnly', { env: { region: 'us-east-1' } });

new FailoverGateway(stack, 'Gateway', {
  models: ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'],
  chain: ChainPreset.awsNative({ regions: ['us-east-1', 'us-west-2', 'eu-central-1'] }),
  auth: ClientAuth.iam(),
  pageEmails: ['on-call@example.com'],
});
