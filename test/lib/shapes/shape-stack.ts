import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { FailoverGateway } from '../../../lib/gateway/failover-gateway';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import type { FargateShapeProps } from '../../../lib/router/shape/fargate/fargate-shape-props';

const ENVIRONMENT = { account: '123456789012', region: 'us-east-1' };

export function newStack(): Stack {
  // CloudFormation's own rules as errors: a template that it would refuse fails the test.
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  return new Stack(app, 'Stack', { env: ENVIRONMENT });
}

export const certificate = (stack: Stack): ICertificate =>
  Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/1');

export const fargate = (stack: Stack, props: Partial<FargateShapeProps> = {}): RouterShape =>
  RouterShape.fargate({ domainName: 'claude.example.com', certificate: certificate(stack), ...props });

export type PropsOf = (stack: Stack) => Partial<FailoverGatewayProps>;

/** A gateway with a host that has a key and one that has none, and whatever else the test is about. */
export function gatewayIn(stack: Stack, propsOf: PropsOf): FailoverGateway {
  return new FailoverGateway(stack, 'Gateway', {
    chain: [Host.anthropic({ keys: [new ProviderKey(stack, 'Key')] }), Host.bedrock()],
    models: ['claude-opus-5-5'],
    pageEmails: ['oncall@example.com'],
    ...propsOf(stack),
  });
}

export function templateOf(propsOf: PropsOf): Template {
  const stack = newStack();
  gatewayIn(stack, propsOf);
  return Template.fromStack(stack);
}
