import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { policyAllows, type PolicyDocument } from './policy-allows';

const CLOUDWATCH = 'cloudwatch.amazonaws.com';

/** Whether its policy lets CloudWatch in; undefined where that is not for this app to know. */
export function letsCloudWatchIn(key: kms.IKey): boolean | undefined {
  const resource = (key instanceof kms.Alias ? key.aliasTargetKey : key).node.defaultChild;
  if (!(resource instanceof kms.CfnKey)) return undefined;
  const policy = Stack.of(resource).resolve(resource.keyPolicy) as PolicyDocument;
  return policyAllows(policy, CLOUDWATCH, ['kms:Decrypt', 'kms:GenerateDataKey']);
}
