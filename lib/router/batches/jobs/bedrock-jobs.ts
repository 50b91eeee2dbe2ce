import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BatchJobsConfig } from '../../../contract';
import { partitionOf } from '../../../hosts/bedrock/bedrock-host';
import type { BedrockUse } from '../../../hosts/bedrock/bedrock-statements';
import { grantJobs } from '../../../hosts/bedrock/grant-bedrock';
import type { BedrockBatchJobsProps } from './batch-jobs-props';

export interface BedrockJobsPlace {
  /** The host's. */
  readonly region: string;
  /** Models that it has. */
  readonly uses: readonly BedrockUse[];
  /** Of the batches themselves. */
  readonly bucket: s3.IBucket;
  /** Works batches off. */
  readonly worker: iam.IRole;
}

const SERVICE = 'bedrock.amazonaws.com';
/** Apart from what is kept of batches. */
const FILES = 'batches/jobs/*';

/** Model invocation jobs of a host: their service role, and who may make them with it. */
export function bedrockJobs(
  scope: Construct,
  { host, bucket, minRequests }: BedrockBatchJobsProps,
  { region, uses, bucket: ownBucket, worker }: BedrockJobsPlace,
): BatchJobsConfig {
  const { account } = Stack.of(scope);
  const jobs = `arn:${partitionOf(scope, region)}:bedrock:${region}:${account}:model-invocation-job/*`;
  const role = new iam.Role(scope, host, {
    description: `Batch jobs of Bedrock in ${region}, for the failover router`,
    assumedBy: new iam.ServicePrincipal(SERVICE, {
      conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': jobs } },
    }),
  });
  const inAccount = { StringEquals: { 'aws:ResourceAccount': account } };
  allowFiles(role, bucket ?? ownBucket, ['s3:GetObject', 's3:PutObject'], inAccount);
  // By itself a model is invoked by Bedrock; through a profile, which may lead elsewhere, by the role.
  const throughProfiles = uses.filter(({ target }) => target.profile !== undefined);
  grantJobs(role, 'bedrock:InvokeModel', throughProfiles);

  grantJobs(worker, 'bedrock:CreateModelInvocationJob', uses);
  const manage = ['Create', 'Get', 'Stop'].map((verb) => `bedrock:${verb}ModelInvocationJob`);
  allow(worker, manage, jobs);
  allow(worker, ['bedrock:ListModelInvocationJobs'], '*');
  allow(worker, ['iam:PassRole'], role.roleArn, { StringEquals: { 'iam:PassedToService': SERVICE } });
  if (bucket) allowFiles(worker, bucket, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']);
  return { bucket: bucket && `s3://${bucket.bucketName}`, roleArn: role.roleArn, minRequests };
}

type Conditions = iam.PolicyStatementProps['conditions'];

function allow(role: iam.IRole, actions: string[], resource: string, conditions?: Conditions): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
}

function allowFiles(role: iam.IRole, bucket: s3.IBucket, actions: string[], conditions?: Conditions): void {
  allow(role, actions, bucket.arnForObjects(FILES), conditions);
  allow(role, ['s3:ListBucket'], bucket.bucketArn, conditions);
  bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
}
