/** No request leaves the European Union: synth stops at a host, profile or location that could take one out. */
import { App, Stack } from 'aws-cdk-lib';
import { BedrockProfile, FailoverGateway, Host, Residency } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'EuOnly', { env: { region: 'eu-central-1' } });

new FailoverGateway(stack, 'Gateway', {
  models: ['claude-opus-5-5', 'claude-haiku-5-5'],
  residency: Residency.EU,
  chain: [
    Host.bedrock({ profile: BedrockProfile.EU }),
    Host.bedrock({ region: 'eu-west-1', profile: BedrockProfile.EU }),
    Host.vertex({ projectId: 'my-project', projectNumber: '123456789012', location: 'eu' }),
  ],
  pageEmails: ['on-call@example.com'],
});
