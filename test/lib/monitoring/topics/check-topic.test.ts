import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { alarmTopic } from '../../../../lib/monitoring/alarms/alarm-topic';
import { checkTopic } from '../../../../lib/monitoring/topics/check-topic';
import { alarmsIn } from '../alarm-stack';

const env = { account: '123456789012', region: 'us-east-1' };
const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** What is said of the topic at synth. */
function said(topicIn: (stack: Stack) => sns.ITopic, stack = new Stack(new App(), 'Stack', { env })): string[] {
  checkTopic(stack, 'pageTopic', topicIn(stack));
  return stack.node.validate();
}
const encrypted = (stack: Stack, masterKey: kms.IKey) => new sns.Topic(stack, 'Topic', { masterKey });
const letIn = (key: kms.Key, principal: iam.IPrincipal, ...actions: string[]) => {
  key.addToResourcePolicy(new iam.PolicyStatement({ principals: [principal], actions, resources: ['*'] }));
  return key;
};
const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com');
const SHUT_OUT = "'pageTopic' is encrypted by Stack/Key, whose policy does not let CloudWatch in";

describe('a topic of another region', () => {
  it.each([
    ['by its ARN', (stack: Stack) => sns.Topic.fromTopicArn(stack, 'T', 'arn:aws:sns:eu-west-1:123456789012:pager')],
    [
      'of another stack',
      (stack: Stack) =>
        new sns.Topic(new Stack(App.of(stack) as App, 'Other', { env: { ...env, region: 'eu-west-1' } }), 'T'),
    ],
  ])('is refused at synth: %s', (_, topicIn) => {
    expect(() => said(topicIn)).toThrow(/'pageTopic' is in region eu-west-1.*, and the alarms are in us-east-1/);
  });

  it('is no other where the stack does not know its own', () => {
    const stack = new Stack(new App(), 'Stack');
    const topic = sns.Topic.fromTopicArn(stack, 'T', 'arn:aws:sns:eu-west-1:123456789012:pager');
    expect(said(() => topic, stack)).toEqual([]);
  });
});

describe('a topic under a key of one’s own', () => {
  it.each([
    ['lets nobody in but the account', (key: kms.Key) => key],
    [
      'lets another service in',
      (key: kms.Key) => letIn(key, new iam.ServicePrincipal('events.amazonaws.com'), 'kms:*'),
    ],
    ['lets CloudWatch do one half', (key: kms.Key) => letIn(key, cloudWatch, 'kms:Decrypt')],
  ])('is refused at synth where its policy %s', (_, policy) => {
    expect(said((stack) => encrypted(stack, policy(new kms.Key(stack, 'Key'))))).toEqual([
      expect.stringContaining(SHUT_OUT),
    ]);
  });

  it.each([
    ['CloudWatch', (key: kms.Key) => letIn(key, cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey*')],
    ['CloudWatch do anything', (key: kms.Key) => letIn(key, cloudWatch, 'kms:*')],
    [
      'CloudWatch, in two statements',
      (key: kms.Key) => letIn(letIn(key, cloudWatch, 'kms:Decrypt'), cloudWatch, 'kms:Gen*'),
    ],
    ['everybody', (key: kms.Key) => letIn(key, new iam.StarPrincipal(), 'kms:Decrypt', 'kms:GenerateDataKey')],
  ])('is fine where its policy lets in %s', (_, policy) => {
    expect(said((stack) => encrypted(stack, policy(new kms.Key(stack, 'Key'))))).toEqual([]);
  });

  it('is looked at when all is said, and through an alias too', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    const key = new kms.Key(stack, 'Key');
    const alias = new kms.Alias(stack, 'Alias', { aliasName: 'alias/pages', targetKey: key });
    checkTopic(stack, 'pageTopic', encrypted(stack, alias));
    expect(stack.node.validate()).toEqual([expect.stringContaining('no alarm would reach the topic')]);
    letIn(key, cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey*');
    expect(stack.node.validate()).toEqual([]);
  });

  it.each([
    ['a key', (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', KEY_ARN)],
    ['an alias', (stack: Stack) => kms.Alias.fromAliasName(stack, 'Key', 'alias/pages')],
  ])('is warned of where %s is imported, since nobody here can know', (_, keyIn) => {
    const stack = new Stack(new App(), 'Stack', { env });
    expect(said((scope) => encrypted(scope, keyIn(scope)), stack)).toEqual([]);
    const [warning] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('topicKeyUnknown'));
    expect(String(warning?.entry.data)).toContain("'claude-failover doctor --page' shows it");
  });

  it('is refused under AWS’s own key, whose policy nobody can change', () => {
    expect(() => said((stack) => encrypted(stack, kms.Alias.fromAliasName(stack, 'Aws', 'alias/aws/sns')))).toThrow(
      "'pageTopic' is encrypted by AWS's own key alias/aws/sns, which does not let CloudWatch in",
    );
  });

  it('is none of these for a topic without one, or one that is imported without a word of its key', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    expect(said((scope) => new sns.Topic(scope, 'Plain'), stack)).toEqual([]);
    const arn = 'arn:aws:sns:us-east-1:123456789012:pager';
    expect(said((scope) => sns.Topic.fromTopicArn(scope, 'Imported', arn), stack)).toEqual([]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

it('both topics of the alarms are looked at', () => {
  const elsewhere = (prop: string) => () =>
    alarmsIn({
      [prop]: sns.Topic.fromTopicArn(new Stack(), 'T', 'arn:aws:sns:eu-west-1:123456789012:pager'),
    });
  expect(elsewhere('pageTopic')).toThrow("'pageTopic' is in region eu-west-1");
  expect(elsewhere('noticeTopic')).toThrow("'noticeTopic' is in region eu-west-1");
});

it('a topic of ours under a key lets CloudWatch in, and nobody else’s alarms', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const key = new kms.Key(stack, 'Key');
  const topic = alarmTopic(stack, 'PageTopic', undefined, [], key);
  alarmTopic(stack, 'NoticeTopic', undefined, [], key);
  expect(said(() => topic, stack)).toEqual([]);
  const template = Template.fromStack(stack);
  template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ]),
    },
  });
});
