import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AUDIT_PREFIXES } from '../../contract';
import { ValidationError } from '../../validation-error';
import { AuditFormat } from './audit-trail-props';
import type { LockedBucket } from './locked-bucket';
import type { TrailTable } from './trail-table';

interface DeliveryProps {
  readonly locked: LockedBucket;
  readonly table: TrailTable;
  readonly format: AuditFormat;
  readonly bufferInterval: Duration;
}

const HOUR = 'year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/';
/** What Firehose takes at the least where it makes Parquet. */
const PARQUET_MB = 64;
const JSON_MB = 5;

/** Firehose, on records' way into the bucket: the only one who writes there. */
export class Delivery extends Construct {
  public readonly stream: firehose.CfnDeliveryStream;
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, { locked, table, format, bufferInterval }: DeliveryProps) {
    super(scope, id);
    const { bucket, key } = locked;
    const stack = Stack.of(this);
    const isParquet = format === AuditFormat.PARQUET;
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logStream = new logs.LogStream(this, 'LogStream', { logGroup, removalPolicy: RemovalPolicy.DESTROY });
    logGroup.grantWrite(this.role);
    this.allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.bucketArn]);
    this.allow(['s3:AbortMultipartUpload', 's3:PutObject'], [bucket.arnForObjects('*')]);
    this.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
    if (isParquet) {
      const inCatalog = (resource: string): string => stack.formatArn({ service: 'glue', resource });
      const { databaseName, tableName } = table;
      this.allow(
        ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
        ['catalog', `database/${databaseName}`, `table/${databaseName}/${tableName}`].map(inCatalog),
      );
    }
    locked.writtenBy(this.role);
    this.stream = new firehose.CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.keyArn },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: this.role.roleArn,
        prefix: AUDIT_PREFIXES.records + HOUR,
        errorOutputPrefix: `${AUDIT_PREFIXES.errors}!{firehose:error-output-type}/${HOUR}`,
        bufferingHints: {
          intervalInSeconds: seconds(this, bufferInterval),
          sizeInMBs: isParquet ? PARQUET_MB : JSON_MB,
        },
        compressionFormat: isParquet ? 'UNCOMPRESSED' : 'GZIP',
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: key.keyArn } },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: logStream.logStreamName,
        },
        dataFormatConversionConfiguration: isParquet ? this.conversion(table) : undefined,
      },
    });
    this.stream.node.addDependency(this.role, bucket);
    if (isParquet) this.stream.node.addDependency(table);
  }

  private allow(actions: string[], resources: string[]): void {
    this.role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
  }

  private conversion({ databaseName, tableName }: TrailTable) {
    return {
      enabled: true,
      inputFormatConfiguration: { deserializer: { openXJsonSerDe: { caseInsensitive: false } } },
      outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
      schemaConfiguration: {
        databaseName,
        tableName,
        region: Stack.of(this).region,
        roleArn: this.role.roleArn,
        versionId: 'LATEST',
      },
    };
  }
}

function seconds(scope: Construct, interval: Duration): number {
  const value = interval.isUnresolved() ? NaN : interval.toSeconds({ integral: false });
  if (Number.isInteger(value) && value >= 60 && value <= 900) return value;
  throw new ValidationError(
    scope,
    `'bufferInterval' must be whole seconds from 1 minute to 15, got ${interval.toHumanString()}`,
  );
}
