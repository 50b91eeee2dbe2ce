import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { entriesTable } from '../kept/entries-table';
import { privateBucket } from '../kept/private-bucket';

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
    this.bucket = privateBucket(this, 'Bucket', { encryptionKey, expiration: KEPT, removalPolicy });
    this.table = entriesTable(this, 'Table', removalPolicy);
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
