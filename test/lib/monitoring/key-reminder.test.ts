import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ENV } from '../../../lib/contract';
import { KeyReminder } from '../../../lib/monitoring/key-reminder';
import { type IProviderKey, ProviderKey } from '../../../lib/hosts/provider-key';
import { ACCOUNT, deployed, functionNamed, newStack, statementsOf } from '../router/router-stack';

const IMPORTED = `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:mine-AbCdEf`;

function reminderTemplate(keys: (stack: Stack) => IProviderKey[]): Template {
  const stack = newStack();
  const noticeTopic = new sns.Topic(stack, 'Notice');
  new KeyReminder(stack, 'Reminder', { keys: keys(stack), serviceName: 'Stack-Router', noticeTopic });
  return Template.fromStack(stack);
}

const imported = (stack: Stack): IProviderKey =>
  ProviderKey.fromSecret(stack, 'Mine', secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', IMPORTED));

test('the reminder looks once a day', () => {
  reminderTemplate((stack) => [imported(stack)]).hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'cron(0 9 * * ? *)',
    State: 'ENABLED',
  });
});

test('the reminder knows the age at which each key is due, and which begin as a placeholder', () => {
  const template = reminderTemplate((stack) => [
    imported(stack),
    new ProviderKey(stack, 'Key', { rotationReminder: Duration.days(30) }),
  ]);
  expect(functionNamed(template, 'Reminder').Environment.Variables[ENV.SERVICE]).toBe('Stack-Router');
  expect(JSON.parse(deployed(functionNamed(template, 'Reminder').Environment.Variables.KEYS))).toEqual([
    { secretArn: IMPORTED, days: 90, startsAsPlaceholder: false },
    { secretArn: expect.stringContaining(':secret:Key-'), days: 30, startsAsPlaceholder: true },
  ]);
});

test('the reminder may look at dates and publish notices; it cannot read a key', () => {
  const template = reminderTemplate((stack) => [imported(stack)]);
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  const statements = statementsOf(template, 'ReminderRole').filter(({ Action }) => !/logs:|xray:/.test(String(Action)));
  expect(statements).toEqual([
    { Action: 'secretsmanager:ListSecretVersionIds', Effect: 'Allow', Resource: IMPORTED },
    { Action: 'sns:Publish', Effect: 'Allow', Resource: { Ref: topic } },
  ]);
});
