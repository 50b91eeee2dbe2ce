import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { FailoverRouter } from '../../../lib/router/failover-router';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';

export const ACCOUNT = '111122223333';

/** Anthropic first, Bedrock behind it. */
export function routerIn(stack: Stack, props: Partial<FailoverRouterProps> = {}): FailoverRouter {
  return new FailoverRouter(stack, 'Router', {
    chain: [Host.anthropic({ keys: [new ProviderKey(stack, 'Key')] }), Host.bedrock()],
    models: ['claude-opus-5-5', 'claude-haiku-5-5'],
    ...props,
  });
}

export function newStack(): Stack {
  return new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region: 'us-east-1' } });
}

export function routerTemplate(props: Partial<FailoverRouterProps> = {}): Template {
  const stack = newStack();
  routerIn(stack, props);
  return Template.fromStack(stack);
}

/** The one function whose logical id begins so. */
export function functionNamed(template: Template, id: string) {
  const all = template.findResources('AWS::Lambda::Function');
  const found = Object.entries(all).filter(([name]) => name.startsWith(id));
  expect(found).toHaveLength(1);
  return found[0]![1].Properties;
}

/** What a role whose logical id begins so may do: actions to resources, and the conditions. */
export function statementsOf(template: Template, roleId: string): readonly Record<string, unknown>[] {
  const policies = template.findResources('AWS::IAM::Policy', {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp(`^${roleId}`) }] },
  });
  return Object.values(policies).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** A configuration as the router sees it, with a likely value where CloudFormation fills one in. */
export function deployed(value: unknown): string {
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  const join = /^\{"Fn::Join":\["",(.*)\]\}$/.exec(text)?.[1];
  const parts: unknown[] = JSON.parse(join ?? `[${text}]`);
  return parts.map((part) => (typeof part === 'string' ? part : filledIn(JSON.stringify(part)))).join('');
}

const filledIn = (reference: string): string =>
  reference.includes('Key') ? `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:Key-AbCdEf` : 'filled-in';
