import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  FailoverAlarms,
  FailoverDashboard,
  FailoverGateway,
  FailoverRouter,
  type IMonitoredRouter,
} from '../../../lib';
import { gatewayIn, newStack } from './gateway-stack';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:Claude-router:live';

const imported = (stack = newStack()) => {
  const router = FailoverRouter.fromFailoverRouterAttributes(stack, 'Router', {
    functionArn: ARN,
    serviceName: 'Other-Gateway-Router',
    hostNames: ['anthropic', 'bedrock-us-west-2'],
    logGroupName: 'router-log',
  });
  const gateway = FailoverGateway.fromFailoverGatewayAttributes(stack, 'Gateway', {
    restApiId: 'a1b2c3',
    restApiName: 'Other-Gateway-Api',
    router,
  });
  return { stack, router, gateway };
};

describe('a router that exists already', () => {
  it('can have alarms and a dashboard in a stack of their own', () => {
    const { stack, router } = imported();
    const topic = new sns.Topic(stack, 'Topic');
    const alarms = new FailoverAlarms(stack, 'Alarms', {
      router,
      pageTopic: topic,
      noticeTopic: topic,
      canary: { interval: Duration.minutes(1) },
    });
    new FailoverDashboard(stack, 'Dashboard', { router, alarms });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'Claude-router' }],
    });
    const all = JSON.stringify(template.toJSON());
    expect(all).toContain('Other-Gateway-Router');
    expect(all).toContain('aws logs tail router-log');
    expect(all).toContain('bedrock-us-west-2');
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });

  it('is measured by its own dimensions', () => {
    const { router } = imported();
    expect(router.metricFailovers()).toMatchObject({
      metricName: 'Failovers',
      statistic: 'Sum',
      dimensions: { service: 'Other-Gateway-Router' },
    });
    expect(router.metricErrors()).toMatchObject({ dimensions: { FunctionName: 'Claude-router' } });
  });

  it('may be invoked, by its alias only', () => {
    const { stack, router } = imported();
    router.grantInvoke(new iam.User(stack, 'User'));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'lambda:InvokeFunction', Resource: ARN })] },
    });
  });

  it('has 15 minutes for a request unless it is said otherwise', () => {
    const stack = newStack();
    const of = (id: string, maxDuration?: Duration): IMonitoredRouter =>
      FailoverRouter.fromFailoverRouterAttributes(stack, id, {
        functionArn: ARN,
        serviceName: 's',
        hostNames: ['a'],
        logGroupName: 'l',
        maxDuration,
      });
    expect(of('A').maxDuration.toMinutes()).toBe(15);
    expect(of('B', Duration.minutes(3)).maxDuration.toMinutes()).toBe(3);
  });

  it('without a host there is nothing to watch, and synth says so', () => {
    expect(() =>
      FailoverRouter.fromFailoverRouterAttributes(newStack(), 'Router', {
        functionArn: ARN,
        serviceName: 's',
        hostNames: [],
        logGroupName: 'l',
      }),
    ).toThrow(/'hostNames' is empty; name the router's hosts.*Stack\/Router/s);
  });
});

describe('a gateway that exists already', () => {
  it('has API Gateway’s own address, or the one that is given', () => {
    const { stack, gateway, router } = imported();
    expect(stack.resolve(gateway.url)).toEqual({
      'Fn::Join': ['', ['https://a1b2c3.execute-api.us-east-1.', { Ref: 'AWS::URLSuffix' }, '/prod']],
    });
    const named = FailoverGateway.fromFailoverGatewayAttributes(stack, 'Named', {
      restApiId: 'a1b2c3',
      restApiName: 'Other',
      stageName: 'live',
      url: 'https://claude.example.com',
      router,
    });
    expect(named.url).toBe('https://claude.example.com');
    expect(named.metricCount()).toMatchObject({ dimensions: { ApiName: 'Other', Stage: 'live' } });
  });

  it('may be called with AWS credentials, and no other API', () => {
    const { stack, gateway } = imported();
    gateway.grantInvoke(new iam.User(stack, 'User'));
    const policy = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(policy).toContain(':execute-api:us-east-1:123456789012:a1b2c3/prod/*/*');
  });

  it('is measured as one that is made here: by its router, and by its API', () => {
    const { gateway } = imported();
    const stack = newStack();
    const own = gatewayIn(stack);
    for (const each of [gateway, own]) {
      expect(each.metricRequests()).toMatchObject({ namespace: 'ClaudeFailover', metricName: 'Requests' });
      expect(each.metricFailovers()).toMatchObject({ metricName: 'Failovers', statistic: 'Sum' });
      expect(each.metricExhausted()).toMatchObject({ metricName: 'Exhausted', statistic: 'Sum' });
      expect(each.metric('Cost', { statistic: 'Sum' })).toMatchObject({ metricName: 'Cost', statistic: 'Sum' });
      expect(each.metricCount()).toMatchObject({ namespace: 'AWS/ApiGateway', statistic: 'SampleCount' });
      expect(each.metricClientError()).toMatchObject({ metricName: '4XXError', statistic: 'Sum' });
      expect(each.metricServerError()).toMatchObject({ metricName: '5XXError', statistic: 'Sum' });
      expect(each.metricLatency({ period: Duration.minutes(1) })).toMatchObject({
        metricName: 'Latency',
        statistic: 'Average',
        period: Duration.minutes(1),
      });
    }
    expect(stack.resolve(own.metricCount().dimensions)).toEqual({
      ApiName: own.api.restApiName,
      Stage: { Ref: expect.stringContaining('DeploymentStageprod') },
    });
  });
});
