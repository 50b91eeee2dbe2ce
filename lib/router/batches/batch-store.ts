import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface BatchStoreProps {
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** Results are read for 29 days. */
const KEPT = Duration.days(30);
const TABLE_ACTIONS = ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];
/** Counts what is spent at full price. */
const SPENDING_ACTION = 'dynamodb:UpdateItem';

/** Where batches are: what they say in S3, what becomes of them in DynamoDB. */
export class BatchStore extends Construct {
  readonly bucket: s3.Bucket;
  readonly table: dynamodb.TableV2;

  constructor(scope: Construct, id: string, { encryptionKey, removalPolicy }: BatchStoreProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey && true,
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      lifecycleRules: [{ expiration: KEPT }],
      removalPolicy,
      // CloudFormation deletes no bucket that has something in it.
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
    this.table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: 'kind', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'entry', type: dynamodb.AttributeType.STRING },
      billing: dynamodb.Billing.onDemand(),
      timeToLiveAttribute: 'expires',
      removalPolicy,
    });
  }

  grant(role: iam.IRole, spends: boolean): void {
    this.table.grant(role, ...TABLE_ACTIONS, ...(spends ? [SPENDING_ACTION] : []));
    const allow = (actions: string[], resource: string): void => {
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
    };
    allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], this.bucket.arnForObjects('batches/*'));
    allow(['s3:ListBucket'], this.bucket.bucketArn);
  }
}
