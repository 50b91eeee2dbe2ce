import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** What ends a record before its time, hides it, or writes over it. */
const ENDS = ['s3:BypassGovernanceRetention', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectRetention'];
/** What the protection of a bucket is made of. */
const SETTINGS = [
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
];
const KEY_ENDS = ['kms:DisableKey', 'kms:ScheduleKeyDeletion'];
const KEY_SETTINGS = ['kms:PutKeyPolicy'];

type Conditions = Record<string, Record<string, unknown>>;

/** What nobody may do with a bucket and what is in it, whatever their own policies allow. */
export const bucketGuards = (
  scope: Construct,
  bucketArn: string,
  breakGlassRole: iam.IRole | undefined,
): iam.PolicyStatement[] => [
  deny('NobodyEndsARecord', ENDS, [bucketArn, `${bucketArn}/*`], unless(arnsOf(breakGlassRole))),
  deny('OnlyDeploymentsChangeSettings', SETTINGS, [bucketArn], unlessDeployed(scope, breakGlassRole)),
];

/** Whoever else writes could write over what is there, or beside it. `writers`: ARNs of roles. */
export const writersGuard = (bucketArn: string, writers: string[]): iam.PolicyStatement =>
  deny('OnlyTheWriterWrites', ['s3:PutObject'], [`${bucketArn}/*`], {
    ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => writers }) },
  });

/** What is encrypted by a key is gone with it. */
export const keyGuards = (scope: Construct, breakGlassRole: iam.IRole | undefined): iam.PolicyStatement[] => [
  deny('NobodyEndsTheKey', KEY_ENDS, ['*'], unless(arnsOf(breakGlassRole))),
  deny('OnlyDeploymentsChangeThePolicy', KEY_SETTINGS, ['*'], unlessDeployed(scope, breakGlassRole)),
];

const deny = (sid: string, actions: string[], resources: string[], conditions: Conditions): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions,
    resources,
    conditions,
  });

const arnsOf = (role: iam.IRole | undefined): string[] => (role === undefined ? [] : [role.roleArn]);

const unless = (arns: readonly string[]): Conditions =>
  arns.length === 0 ? {} : { ArnNotEquals: { 'aws:PrincipalArn': arns.length === 1 ? arns[0] : arns } };

/** CloudFormation acts as the role that the CDK's bootstrap has made for it, or for whoever has called it. */
function unlessDeployed(scope: Construct, breakGlassRole: iam.IRole | undefined): Conditions {
  const { partition, account, region, synthesizer } = Stack.of(scope);
  const qualifier = synthesizer.bootstrapQualifier ?? 'hnb659fds';
  const deployer = `arn:${partition}:iam::${account}:role/cdk-${qualifier}-cfn-exec-role-${account}-${region}`;
  return {
    ...unless([deployer, ...arnsOf(breakGlassRole)]),
    'ForAllValues:StringNotEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] },
  };
}
