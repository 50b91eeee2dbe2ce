import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ENV, KEY_REMINDER_ENV, type KeyAgeLimit } from '../contract';
import { type IProviderKey, ProviderKey } from '../hosts/provider-key';
import { PUBLISHERS_ACTIONS } from '../router/encryption';
import { bundledFunction } from '../router/bundled-function';

export interface KeyReminderProps {
  readonly keys: readonly IProviderKey[];
  /** Under which the number of overdue keys is published. */
  readonly serviceName: string;
  /** Where the reminders go. */
  readonly noticeTopic: sns.ITopic;
  readonly logRetention?: logs.RetentionDays;
}

/** Looks once a day which keys are too old, and which are still placeholders. It cannot read them. */
export class KeyReminder extends Construct {
  constructor(scope: Construct, id: string, { keys, serviceName, noticeTopic, logRetention }: KeyReminderProps) {
    super(scope, id);
    const limits = keys.map((key): KeyAgeLimit => ({
      secretArn: key.secret.secretArn,
      days: key.rotationReminder.toDays(),
      startsAsPlaceholder: key instanceof ProviderKey,
    }));
    const fn = bundledFunction(this, {
      bundle: 'key-reminder',
      description: 'Once a day: which keys of the failover router are too old, and which are missing',
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: {
        [KEY_REMINDER_ENV.KEYS]: Stack.of(this).toJsonString(limits),
        [KEY_REMINDER_ENV.TOPIC_ARN]: noticeTopic.topicArn,
        [ENV.SERVICE]: serviceName,
      },
      logRetention,
    });
    fn.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['secretsmanager:ListSecretVersionIds'],
        // An ARN without its six random characters needs a place for them.
        resources: keys.map(({ secret }) => secret.secretFullArn ?? `${secret.secretArn}-??????`),
      }),
    );
    noticeTopic.grantPublish(fn);
    noticeTopic.masterKey?.grant(fn, ...PUBLISHERS_ACTIONS);
    new events.Rule(this, 'Daily', {
      description: 'Reminds of old and missing keys',
      schedule: events.Schedule.cron({ hour: '9', minute: '0' }),
      targets: [new LambdaFunction(fn, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
  }
}
