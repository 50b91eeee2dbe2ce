import { type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { gatewayIn, gatewayTemplate, newStack } from './gateway-stack';

const stack = newStack();
const gateway = gatewayIn(stack, { noticeEmails: ['team@example.com'] });
const template = Template.fromStack(stack);

describe('the API', () => {
  it('streams every answer from the alias of the router, for up to 15 minutes', () => {
    const alias = stack.resolve(gateway.router.alias.functionArn);
    template.allResourcesProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'ANY',
      Integration: {
        Type: 'AWS_PROXY',
        ResponseTransferMode: 'STREAM',
        TimeoutInMillis: 900_000,
        Uri: {
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              ':apigateway:us-east-1:lambda:path/2021-11-15/functions/',
              alias,
              '/response-streaming-invocations',
            ],
          ],
        },
      },
    });
  });

  it('sends the root and every path below it to the router', () => {
    template.resourceCountIs('AWS::ApiGateway::Method', 2);
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: '{proxy+}' });
  });

  it('is never compressed, which API Gateway cannot do with a stream', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { MinimumCompressionSize: Match.absent() });
  });

  it('may invoke the alias from this stage only, and the console may not', () => {
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).map((p) => p['Properties']);
    const alias = stack.resolve(gateway.router.alias.functionArn);
    const ofRouter = permissions.filter(({ FunctionName }) => JSON.stringify(FunctionName) === JSON.stringify(alias));
    expect(ofRouter).toHaveLength(2);
    expect(JSON.stringify(ofRouter)).not.toContain('test-invoke-stage');
  });

  it('answers errors of its own in the envelope of Anthropic', () => {
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType: 'REQUEST_TOO_LARGE',
      StatusCode: '413',
    });
  });
});

describe('the stage', () => {
  const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));

  it('traces, and has a limit of its own', () => {
    expect(stage?.['Properties']).toMatchObject({
      TracingEnabled: true,
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }],
    });
  });

  it('pays for no metric by method, and writes no execution log, which would hold prompts', () => {
    expect(JSON.stringify(stage?.['Properties'].MethodSettings)).not.toMatch(
      /MetricsEnabled|DataTraceEnabled":true|LoggingLevel/,
    );
  });

  it('logs who asked and what came of it, and neither body, query nor key', () => {
    const fields = JSON.parse(stage?.['Properties'].AccessLogSetting.Format);
    expect(fields).toMatchObject({ requestId: '$context.requestId', team: '$context.identity.apiKeyId' });
    expect(Object.values(fields).join()).not.toMatch(/apiKey\b|body|query|header|authorizer\.principal/i);
  });

  it('keeps its log for three months, or for as long as is said', () => {
    expect(JSON.stringify(stage?.['Properties'].AccessLogSetting.DestinationArn)).toContain('AccessLog');
    const year = gatewayTemplate({ accessLogRetention: logs.RetentionDays.ONE_YEAR });
    year.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  it('takes other limits', () => {
    gatewayTemplate({ throttlingRateLimit: 5, throttlingBurstLimit: 6 }).hasResourceProperties(
      'AWS::ApiGateway::Stage',
      { MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 6 })] },
    );
  });
});

describe('the topics', () => {
  const topicOf = (topic: sns.ITopic) => stack.resolve(topic.topicArn);

  it('one wakes somebody, the other can wait', () => {
    template.resourceCountIs('AWS::SNS::Topic', 2);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'oncall@example.com',
      TopicArn: topicOf(gateway.pageTopic),
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'team@example.com',
      TopicArn: topicOf(gateway.noticeTopic),
    });
  });

  it('let the alarms of this account in, and nothing without TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topicOf(gateway.pageTopic)],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('what wakes somebody goes to the first, and what can wait to the second', () => {
    const alarm = (name: string) => ({ AlarmName: Match.stringLikeRegexp(`/${name}$`) });
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      ...alarm('ServiceDown'),
      AlarmActions: [topicOf(gateway.pageTopic)],
    });
    // They page through it alone.
    for (const name of ['Errors', 'Exhausted']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { ...alarm(name), AlarmActions: Match.absent() });
    }
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...alarm('Credential'),
      MetricName: 'CredentialFailures',
      AlarmActions: [topicOf(gateway.noticeTopic)],
    });
  });

  it('alarms can be tuned there', () => {
    const tuned = gatewayTemplate({ alarms: { credential: { enabled: false }, billing: { threshold: 3 } } });
    const names = Object.values(tuned.findResources('AWS::CloudWatch::Alarm')).map((a) => a['Properties'].AlarmName);
    expect(names.filter((name) => /Credential|Billing/.test(name))).toEqual(['Stack/Gateway/Alarms/Billing']);
    tuned.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'BillingFailures', Threshold: 3 });
  });

  it('may be there already', () => {
    const other = newStack();
    const topic = sns.Topic.fromTopicArn(other, 'Pager', 'arn:aws:sns:us-east-1:123456789012:pager');
    expect(gatewayIn(other, { pageTopic: topic, pageEmails: [], noticeTopic: topic }).pageTopic).toBe(topic);
    Template.fromStack(other).resourceCountIs('AWS::SNS::Topic', 0);
  });
});

describe('a missing address for alarms', () => {
  const ID = 'cdk-claude-failover:noPageAddress';
  const warnings = (at: Stack) => Annotations.fromStack(at).findWarning('/Stack/Gateway', Match.stringLikeRegexp(ID));

  it('is warned of at synth, with the remedy', () => {
    const silent = newStack();
    gatewayIn(silent, { pageEmails: undefined });
    expect(warnings(silent)).toHaveLength(1);
    expect(String(warnings(silent)[0]?.entry.data)).toMatch(/give 'pageEmails' or a 'pageTopic'/);
  });

  it('is no matter where there is one', () => {
    expect(warnings(stack)).toHaveLength(0);
  });
});

it('new versions of the router get 10 % of the traffic for 5 minutes first', () => {
  template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
    DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
  });
});

it('everything goes with the stack, but for the role by which other APIs may log', () => {
  const kept = Object.entries(template.toJSON().Resources as Record<string, { DeletionPolicy?: string }>)
    .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
    .map(([id]) => id);
  expect(kept).toEqual([expect.stringContaining('CloudWatchRole'), expect.stringContaining('ApiAccount')]);
});
