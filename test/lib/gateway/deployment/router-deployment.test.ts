import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { FailoverAlarms } from '../../../../lib/monitoring/alarms/failover-alarms';
import type { FailoverRouterProps } from '../../../../lib/router/router-props';
import { Host } from '../../../../lib/hosts/host';
import { RouterDeployment } from '../../../../lib/gateway/deployment/router-deployment';
import { deployed, functionNamed, newStack, routerIn, statementsOf } from '../../router/router-stack';

function deploymentIn(stack: Stack, deployment: RouterDeployment, props: Partial<FailoverRouterProps> = {}): Template {
  const router = routerIn(stack, props);
  const [pageTopic, noticeTopic] = [new sns.Topic(stack, 'Page'), new sns.Topic(stack, 'Notice')];
  const alarms = new FailoverAlarms(stack, 'Alarms', { router, pageTopic, noticeTopic });
  deployment._bind(new Construct(stack, 'Deployment'), router, alarms);
  return Template.fromStack(stack);
}

const canary = (props?: Partial<FailoverRouterProps>): Template =>
  deploymentIn(newStack(), RouterDeployment.CANARY_10_PERCENT_5_MINUTES, props);

const idOf = (template: Template, type: string, id: string): string => {
  const found = Object.keys(template.findResources(type)).filter((name) => name.startsWith(id));
  expect(found).toHaveLength(1);
  return found[0]!;
};

/** By its name, since it has to wait for the hook. */
const liveAlias = (template: Template) => ({
  'Fn::Join': ['', [{ 'Fn::GetAtt': [idOf(template, 'AWS::Lambda::Function', 'RouterFunction'), 'Arn'] }, ':live']],
});

describe('a deployment', () => {
  it.each([
    ['10 % for 5 minutes', RouterDeployment.CANARY_10_PERCENT_5_MINUTES, 'LambdaCanary10Percent5Minutes'],
    ['10 % for 15 minutes', RouterDeployment.CANARY_10_PERCENT_15_MINUTES, 'LambdaCanary10Percent15Minutes'],
    ['10 % more every minute', RouterDeployment.LINEAR_10_PERCENT_EVERY_MINUTE, 'LambdaLinear10PercentEvery1Minute'],
    ['all at once', RouterDeployment.ALL_AT_ONCE, 'LambdaAllAtOnce'],
  ])('can shift the traffic %s', (_, deployment, name) => {
    deploymentIn(newStack(), deployment).hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: `CodeDeployDefault.${name}`,
    });
  });

  it('can shift it by any configuration of CodeDeploy, one of the stack’s own included', () => {
    const stack = newStack();
    const deploymentConfig = new codedeploy.LambdaDeploymentConfig(stack, 'Slowly', {
      trafficRouting: codedeploy.TrafficRouting.timeBasedLinear({ interval: Duration.minutes(30), percentage: 5 }),
    });
    const template = deploymentIn(stack, RouterDeployment.custom({ deploymentConfig }));
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: { Ref: idOf(template, 'AWS::CodeDeploy::DeploymentConfig', 'Slowly') },
    });
  });

  it('can do without probes, and then has no hook; alarms still take it back', () => {
    const template = deploymentIn(newStack(), RouterDeployment.custom({ probeHosts: false }));
    template.hasResource('AWS::Lambda::Alias', {
      UpdatePolicy: { CodeDeployLambdaAliasUpdate: { BeforeAllowTrafficHook: Match.absent() } },
    });
    expect(JSON.stringify(template)).not.toContain('PreTrafficHook');
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      AlarmConfiguration: { Enabled: true },
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    });
  });

  it('is taken back when it fails, is stopped, or one of the alarms goes off', () => {
    const template = canary();
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
      },
      AlarmConfiguration: {
        Enabled: true,
        Alarms: [
          { Name: { Ref: idOf(template, 'AWS::CloudWatch::Alarm', 'AlarmsErrors') } },
          { Name: { Ref: idOf(template, 'AWS::CloudWatch::Alarm', 'AlarmsExhausted') } },
        ],
      },
    });
  });

  it('moves the alias, after the hook has been told of the new version', () => {
    const template = canary();
    const hook = idOf(template, 'AWS::Lambda::Function', 'DeploymentPreTrafficHook');
    template.hasResource('AWS::Lambda::Alias', {
      UpdatePolicy: { CodeDeployLambdaAliasUpdate: { BeforeAllowTrafficHook: { Ref: hook } } },
      DependsOn: Match.arrayWith([hook]),
    });
    const { ROUTER_VERSION, ROUTER_ALIAS } = functionNamed(template, 'DeploymentPreTrafficHook').Environment.Variables;
    expect(ROUTER_VERSION).toEqual({ Ref: idOf(template, 'AWS::Lambda::Version', 'Router') });
    expect(ROUTER_ALIAS).toEqual(liveAlias(template));
  });
});

describe('the pre-traffic hook', () => {
  const probes = (props: Partial<FailoverRouterProps>): unknown =>
    JSON.parse(deployed(functionNamed(canary(props), 'DeploymentPreTrafficHook').Environment.Variables.PROBES));

  it('probes every host of every route once, with the cheapest model that it has', () => {
    const global = Host.bedrock({ region: 'us-east-1' });
    const own = Host.bedrock({ name: 'own', region: 'us-west-2' });
    expect(
      probes({
        chain: [global],
        routes: [{ models: ['claude-opus-*'], chain: [own, global] }],
        models: ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'],
      }),
    ).toEqual([
      { host: 'own', model: 'claude-haiku-5-5' },
      { host: 'bedrock-us-east-1', model: 'claude-haiku-5-5' },
    ]);
  });

  it('may invoke the new version and the one that has the traffic, report to CodeDeploy, and nothing else', () => {
    const template = canary();
    const statements = statementsOf(template, 'DeploymentPreTrafficHook').filter(
      ({ Action }) => !JSON.stringify(Action).match(/logs:|xray:/),
    );
    const version = idOf(template, 'AWS::Lambda::Version', 'Router');
    expect(statements).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: [{ Ref: version }, liveAlias(template)],
      },
      {
        Action: 'codedeploy:PutLifecycleEventHookExecutionStatus',
        Effect: 'Allow',
        Resource: expect.objectContaining({ 'Fn::Join': expect.anything() }),
      },
    ]);
    expect(JSON.stringify(statements)).not.toContain('*');
  });
});
