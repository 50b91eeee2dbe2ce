import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { letCloudWatchIn } from '../../router/encryption';
import { checkEmails } from './check-emails';

/** A topic for alarms of this account, and whom it writes to. */
export function alarmTopic(
  scope: Construct,
  id: string,
  existing?: sns.ITopic,
  emails: string[] = [],
  masterKey?: kms.IKey,
): sns.ITopic {
  checkEmails(scope, id, emails);
  const topic = existing ?? newTopic(scope, id, masterKey);
  for (const email of emails) topic.addSubscription(new subscriptions.EmailSubscription(email));
  return topic;
}

function newTopic(scope: Construct, id: string, masterKey?: kms.IKey): sns.Topic {
  if (masterKey) letCloudWatchIn(masterKey);
  const topic = new sns.Topic(scope, id, { enforceSSL: true, masterKey });
  // A policy of one's own replaces the default one, and only that let CloudWatch in.
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return topic;
}
