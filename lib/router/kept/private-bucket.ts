import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface PrivateBucketProps {
  /** @default - keys of S3's own */
  readonly encryptionKey?: kms.IKey | undefined;
  /** After which S3 deletes what is in it. */
  readonly expiration: Duration;
  readonly removalPolicy: RemovalPolicy;
}

/** For what clients have said and were told: encrypted, by TLS only, closed to the public, and not for ever. */
export const privateBucket = (
  scope: Construct,
  id: string,
  { encryptionKey, expiration, removalPolicy }: PrivateBucketProps,
): s3.Bucket =>
  new s3.Bucket(scope, id, {
    encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
    encryptionKey,
    bucketKeyEnabled: encryptionKey && true,
    enforceSSL: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    lifecycleRules: [{ expiration }],
    removalPolicy,
    // CloudFormation deletes no bucket that has something in it.
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
  });
