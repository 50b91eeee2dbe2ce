import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FailoverGateway } from '../../../lib/gateway/failover-gateway';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { Host } from '../../../lib/hosts/host';

const ENVIRONMENT = { account: '123456789012', region: 'us-east-1' };

export function newStack(props: StackProps = { env: ENVIRONMENT }): Stack {
  // CloudFormation's own rules as errors: a template that it would refuse fails the test.
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  return new Stack(app, 'Stack', props);
}

/** A gateway with one host and whatever else the test is about. */
export function gatewayIn(stack: Stack, props: Partial<FailoverGatewayProps> = {}): FailoverGateway {
  return new FailoverGateway(stack, 'Gateway', {
    chain: [Host.bedrock()],
    models: ['claude-opus-5-5'],
    pageEmails: ['oncall@example.com'],
    ...props,
  });
}

export function gatewayTemplate(props: Partial<FailoverGatewayProps> = {}): Template {
  const stack = newStack();
  gatewayIn(stack, props);
  return Template.fromStack(stack);
}

/** Outputs whose id contains the name. */
export function outputs(template: Template, name: string): { readonly Value: unknown }[] {
  const all: Record<string, { Value: unknown }> = template.toJSON().Outputs;
  return Object.entries(all).flatMap(([id, output]) => (id.includes(name) ? [output] : []));
}
