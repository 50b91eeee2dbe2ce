import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ValidationError } from '../../validation-error';
import { AuditLock } from './audit-trail-props';
import { bucketGuards, keyGuards, writersGuard } from './guards';

interface LockedBucketProps {
  /** What it is, for whoever finds its key. */
  readonly description: string;
  readonly retention: Duration;
  /** Name of the option, for errors. */
  readonly option: string;
  readonly lock: AuditLock;
  readonly breakGlassRole: iam.IRole | undefined;
}

const MOST_DAYS = 36_500;

/** A bucket whose objects can be neither changed nor deleted before their time, and its key. Both outlive the stack. */
export class LockedBucket extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly key: kms.Key;
  private readonly writers: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    { description, retention, option, lock, breakGlassRole }: LockedBucketProps,
  ) {
    super(scope, id);
    const days = wholeDays(this, option, retention);
    const period = Duration.days(days);
    const day = Duration.days(1);
    this.key = new kms.Key(this, 'Key', {
      description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const statement of keyGuards(this, breakGlassRole)) this.key.addToResourcePolicy(statement);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        lock === AuditLock.COMPLIANCE
          ? s3.ObjectLockRetention.compliance(period)
          : s3.ObjectLockRetention.governance(period),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      // S3 deletes no version that is locked: the day after is the first on which it may.
      lifecycleRules: [
        {
          expiration: Duration.days(days + 1),
          noncurrentVersionExpiration: day,
          abortIncompleteMultipartUploadAfter: day,
        },
      ],
    });
    const { bucketArn } = this.bucket;
    for (const statement of bucketGuards(this, bucketArn, breakGlassRole)) this.bucket.addToResourcePolicy(statement);
  }

  /** From now on nobody writes into it who has not been named here. */
  public writtenBy({ roleArn }: iam.IRole): void {
    const isFirst = this.writers.push(roleArn) === 1;
    if (isFirst) this.bucket.addToResourcePolicy(writersGuard(this.bucket.bucketArn, this.writers));
  }
}

function wholeDays(scope: Construct, option: string, retention: Duration): number {
  const days = retention.isUnresolved() ? NaN : retention.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new ValidationError(
    scope,
    `'${option}' must be whole days from 1 to ${MOST_DAYS}, got ${retention.toHumanString()}; a year is Duration.days(365)`,
  );
}
