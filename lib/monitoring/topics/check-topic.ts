import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { letsCloudWatchIn } from './topic-key';
import { ValidationError } from '../../validation-error';

/** What would be refused at deployment, or drop every message without a word, as far as this app can know. */
export function checkTopic(scope: Construct, prop: 'pageTopic' | 'noticeTopic', topic: sns.ITopic): void {
  checkRegion(scope, prop, topic);
  const { masterKey } = topic;
  if (masterKey === undefined) return;
  if (JSON.stringify(Stack.of(scope).resolve(masterKey.keyArn)).includes('alias/aws/sns')) {
    throw new ValidationError(
      scope,
      `'${prop}' is encrypted by AWS's own key alias/aws/sns, which does not let CloudWatch in: no alarm would reach it; ` +
        'encrypt the topic by a key of your own, or not at all',
    );
  }
  // Whoever has the key may add to its policy until the end.
  if (letsCloudWatchIn(masterKey) !== undefined) {
    scope.node.addValidation({
      validate: () => (letsCloudWatchIn(masterKey) ? [] : [shutOut(prop, masterKey.node.path)]),
    });
    return;
  }
  Annotations.of(scope).addWarningV2(
    'cdk-claude-failover:topicKeyUnknown',
    `'${prop}' is encrypted by a key that is not of this app; if its policy does not ${TO_LET_IN}, no alarm reaches the topic, ` +
      "and nobody hears of that. 'claude-failover doctor --page' shows it",
  );
}

const TO_LET_IN = "let cloudwatch.amazonaws.com do 'kms:Decrypt' and 'kms:GenerateDataKey*'";

const shutOut = (prop: string, key: string): string =>
  `'${prop}' is encrypted by ${key}, whose policy does not let CloudWatch in: no alarm would reach the topic, and nobody would hear ` +
  `of that; ${TO_LET_IN} in the key's policy`;

function checkRegion(scope: Construct, prop: string, { env, topicArn }: sns.ITopic): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || Token.isUnresolved(env.region) || env.region === region) return;
  const name = Token.isUnresolved(topicArn) ? '' : ` (${topicArn})`;
  throw new ValidationError(
    scope,
    `'${prop}' is in region ${env.region}${name}, and the alarms are in ${region}; alarms tell topics of their own region only: ` +
      'give one there',
  );
}
