/** Tasks behind a load balancer: prices that are known before, prompts of 32 MB, a network and a name of one's own. No Docker is needed. */
import { App, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ChainPreset, FailoverGateway, ProviderKey, RouterShape } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'Fargate', { env: { region: 'us-east-1' } });

new FailoverGateway(stack, 'Gateway', {
  shape: RouterShape.fargate({
    domainName: 'claude.example.com',
    certificate: Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
    ),
    maxTasks: 6,
  }),
  models: ['claude-opus-5-5', 'claude-haiku-5-5'],
  chain: ChainPreset.costOptimised({
    anthropicKeys: [new ProviderKey(stack, 'AnthropicKey')],
    regions: ['us-east-1', 'us-west-2'],
  }),
  pageEmails: ['on-call@example.com'],
});
