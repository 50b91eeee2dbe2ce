import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { AuditConfig, AuditDescription } from '../../contract';
import { AuditFailure, AuditFormat, AuditLock, type AuditTrailProps } from './audit-trail-props';
import { Delivery } from './delivery';
import { LockedBucket } from './locked-bucket';
import { TrailTable } from './trail-table';
import { Workgroup } from './workgroup';
import { ValidationError } from '../../validation-error';

/**
 * Who has asked for what, and what operators have done, where nobody can change it: an S3 bucket with Object Lock, filled by Firehose,
 * read by Athena. Buckets and keys stay when the stack is deleted. docs/audit.md says what it shows, and what it does not.
 */
export class AuditTrail extends Construct {
  /** Records, under `records/` by the hour in UTC. */
  public readonly bucket: s3.IBucket;
  /** Of the records, of Firehose, and of what Athena answers. */
  public readonly key: kms.IKey;
  /** Requests and answers themselves; undefined unless they are kept. */
  public readonly contentsBucket?: s3.IBucket;
  /** Of those alone. */
  public readonly contentsKey?: kms.IKey;
  /** Name of the delivery stream that records are written to. */
  public readonly streamName: string;
  /** Name of the table's database in Glue's catalogue. */
  public readonly databaseName: string;
  /** Name of Athena's workgroup, which has the saved queries. */
  public readonly workgroupName: string;
  private readonly streamArn: string;
  private readonly contents?: LockedBucket;
  private readonly settings: AuditTrailProps;

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    const { format = AuditFormat.JSON_LINES, breakGlassRole, contents } = props;
    this.settings = props;
    const records = new LockedBucket(this, 'Records', {
      description: 'Audit trail of a Claude failover gateway: without it, no record can be read',
      retention: props.retention ?? Duration.days(365),
      option: 'retention',
      lock: props.lock ?? AuditLock.GOVERNANCE,
      breakGlassRole,
    });
    const table = new TrailTable(this, 'Catalog', records.bucket, format);
    const { stream } = new Delivery(this, 'Delivery', {
      locked: records,
      table,
      format,
      bufferInterval: props.bufferInterval ?? Duration.minutes(5),
    });
    const workgroup = new Workgroup(this, 'Questions', table, records.key, props.queryLimitMb ?? 10_000);
    if (contents !== undefined) {
      this.contents = new LockedBucket(this, 'Contents', {
        description: 'Requests and answers of a Claude failover gateway: without it, none can be read',
        retention: contents.retention ?? Duration.days(30),
        option: 'contents.retention',
        lock: contents.lock ?? AuditLock.GOVERNANCE,
        breakGlassRole,
      });
    }
    this.bucket = records.bucket;
    this.key = records.key;
    this.contentsBucket = this.contents?.bucket;
    this.contentsKey = this.contents?.key;
    this.streamName = stream.ref;
    this.streamArn = stream.attrArn;
    this.databaseName = table.databaseName;
    this.workgroupName = workgroup.name;
  }

  /** Lets somebody add records, as the command line does for what operators do: they can read, change and delete none. */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
      resourceArns: [this.streamArn],
    });
  }

  /** Lets somebody read records, and verify them by `claude-failover audit verify`. Not contents. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    const { grantPrincipal } = grantee;
    const objects = {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resourceArns: [this.bucket.arnForObjects('*')],
    };
    const list = { actions: ['s3:ListBucket', 's3:ListBucketVersions'], resourceArns: [this.bucket.bucketArn] };
    const decrypt = { actions: ['kms:Decrypt'], resourceArns: [this.key.keyArn] };
    return [list, decrypt].reduce(
      (grant, right) => grant.combine(iam.Grant.addToPrincipal({ grantee: { grantPrincipal }, ...right })),
      iam.Grant.addToPrincipal({ grantee, ...objects }),
    );
  }

  /**
   * What a router is told of it, which may write from now on, and do nothing else.
   * @internal
   */
  public _attach(router: iam.IGrantable & Construct): AuditConfig {
    if (Stack.of(router).region !== Stack.of(this).region) {
      throw new ValidationError(
        router,
        `'audit' is a trail of another region, ${Stack.of(this).region}; give each region its own`,
      );
    }
    const { failure, contents } = this.settings;
    iam.Grant.addToPrincipal({
      grantee: router,
      actions: ['firehose:PutRecordBatch'],
      resourceArns: [this.streamArn],
    });
    if (this.contents) this.letKeepContents(this.contents, router);
    return {
      stream: this.streamName,
      region: Stack.of(this).region,
      whenDown: failure === AuditFailure.CLOSED ? 'closed' : undefined,
      contents: contents && { bucket: this.contentsBucket!.bucketName },
    };
  }

  /**
   * What the command line is told of it.
   * @internal
   */
  public _describe(logGroup: string): AuditDescription {
    const { format = AuditFormat.JSON_LINES } = this.settings;
    return { stream: this.streamName, bucket: this.bucket.bucketName, format: `${format}`, logGroup };
  }

  private letKeepContents(contents: LockedBucket, grantee: iam.IGrantable & Construct): void {
    const { bucket, key } = contents;
    iam.Grant.addToPrincipal({ grantee, actions: ['s3:PutObject'], resourceArns: [bucket.arnForObjects('*')] });
    iam.Grant.addToPrincipal({ grantee, actions: ['kms:GenerateDataKey'], resourceArns: [key.keyArn] });
    const role = grantee.grantPrincipal;
    if (role instanceof iam.Role) contents.writtenBy(role);
  }
}
