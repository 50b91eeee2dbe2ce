import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { policyAllows, type PolicyDocument } from './policy-allows';

const CLOUDWATCH = 'cloudwatch.amazonaws.com';
/** What it takes to publish to a topic that is encrypted by a key. */
export const PUBLISHERS_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Lets the alarms of this account publish to topics that are encrypted by the key. A key that is imported cannot be told. */
export function letCloudWatchIn(key: kms.IKey): void {
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(CLOUDWATCH)],
      actions: PUBLISHERS_ACTIONS,
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    true,
  );
}

/** Whether its policy lets CloudWatch in; undefined where that is not for this app to know. */
export function letsCloudWatchIn(key: kms.IKey): boolean | undefined {
  const resource = (key instanceof kms.Alias ? key.aliasTargetKey : key).node.defaultChild;
  if (!(resource instanceof kms.CfnKey)) return undefined;
  const policy = Stack.of(resource).resolve(resource.keyPolicy) as PolicyDocument;
  return policyAllows(policy, CLOUDWATCH, ['kms:Decrypt', 'kms:GenerateDataKey']);
}
