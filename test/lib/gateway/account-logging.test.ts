import { RemovalPolicy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Host } from '../../../lib/hosts/host';
import { FailoverGateway } from '../../../lib/gateway/failover-gateway';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { gatewayIn, gatewayTemplate, newStack } from './gateway-stack';

const ACCOUNT = 'AWS::ApiGateway::Account';
const given = 'arn:aws:iam::123456789012:role/api-logs';
const second = (stack: ReturnType<typeof newStack>, props: Partial<FailoverGatewayProps> = {}) =>
  new FailoverGateway(stack, 'Second', {
    chain: [Host.bedrock()],
    models: ['claude-opus-5-5'],
    pageEmails: ['oncall@example.com'],
    ...props,
  });
const idsOf = (template: Template, type: string) => Object.keys(template.findResources(type));
/** Every stage of the template waits for the account's role. */
const waits = (template: Template, account: string) => {
  for (const { DependsOn } of Object.values(template.findResources('AWS::ApiGateway::Stage'))) {
    expect(DependsOn).toContain(account);
  }
};
const logRoles = (template: Template) =>
  template.findResources('AWS::IAM::Role', {
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'apigateway.amazonaws.com' } })],
      },
    },
  });

describe('the role by which API Gateway writes logs', () => {
  it.each([RemovalPolicy.DESTROY, RemovalPolicy.RETAIN])(
    'comes with the stack and stays when it goes, since other APIs may log by it: %s',
    (removalPolicy) => {
      const template = gatewayTemplate({ removalPolicy });
      template.hasResource(ACCOUNT, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      const [role] = Object.values(logRoles(template));
      expect(role).toMatchObject({ DeletionPolicy: 'Retain' });
      waits(template, idsOf(template, ACCOUNT)[0]!);
    },
  );

  it('has the ids that the releases before gave it, so that an update takes it over', () => {
    const template = gatewayTemplate();
    expect(idsOf(template, ACCOUNT)).toEqual(['GatewayApiAccountCFAE5B8A']);
    expect(Object.keys(logRoles(template))).toEqual(['GatewayApiCloudWatchRoleF53BFE7C']);
  });

  it('is one for two gateways of a stack', () => {
    const stack = newStack();
    gatewayIn(stack);
    second(stack);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ApiGateway::Stage', 2);
    expect(Object.keys(logRoles(template))).toHaveLength(1);
    expect(idsOf(template, ACCOUNT)).toHaveLength(1);
    waits(template, idsOf(template, ACCOUNT)[0]!);
  });

  it('is that of another API of the stack where that has made it', () => {
    const stack = newStack();
    new apigateway.RestApi(stack, 'Other', { cloudWatchRole: true }).root.addMethod('ANY');
    gatewayIn(stack);
    const template = Template.fromStack(stack);
    expect(idsOf(template, ACCOUNT)).toEqual([expect.stringMatching(/^Other/)]);
    waits(template, idsOf(template, ACCOUNT)[0]!);
  });

  it('is not made where one is given', () => {
    const stack = newStack();
    const accessLogRole = iam.Role.fromRoleArn(stack, 'ApiLogs', given);
    gatewayIn(stack, { accessLogRole });
    second(stack, { accessLogRole });
    const template = Template.fromStack(stack);
    expect(logRoles(template)).toEqual({});
    template.resourcePropertiesCountIs(ACCOUNT, { CloudWatchRoleArn: given }, 1);
    expect(idsOf(template, ACCOUNT)).toEqual(['GatewayApiAccountCFAE5B8A']);
    template.hasResource(ACCOUNT, { DeletionPolicy: 'Retain' });
    waits(template, 'GatewayApiAccountCFAE5B8A');
  });

  it('is left alone in an account that has one', () => {
    const template = gatewayTemplate({ cloudWatchRole: false });
    template.resourceCountIs(ACCOUNT, 0);
    expect(logRoles(template)).toEqual({});
  });

  it('cannot be two: what contradicts is found at synth', () => {
    const stack = newStack();
    const accessLogRole = iam.Role.fromRoleArn(stack, 'ApiLogs', given);
    gatewayIn(stack);
    expect(() => second(stack, { accessLogRole })).toThrow(
      "'accessLogRole' is another role than the one that Stack/Gateway/Api/Account sets for all APIs of the account",
    );
    expect(() => gatewayIn(newStack(), { accessLogRole, cloudWatchRole: false })).toThrow(
      "'accessLogRole' is given and 'cloudWatchRole' is false",
    );
  });
});
