import { Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ValidationError } from '../../validation-error';
import { QUERIES } from './queries';
import type { TrailTable } from './trail-table';

const LEAST_MB = 10;
const RESULTS_KEPT = Duration.days(30);

/** Where the trail is asked, within a limit, and three questions to begin with. */
export class Workgroup extends Construct {
  public readonly name: string;

  constructor(scope: Construct, id: string, table: TrailTable, key: kms.IKey, limitMb: number) {
    super(scope, id);
    if (!Token.isUnresolved(limitMb) && !(Number.isInteger(limitMb) && limitMb >= LEAST_MB)) {
      throw new ValidationError(this, `'queryLimitMb' must be a whole number of MB from ${LEAST_MB}, got ${limitMb}`);
    }
    this.name = Names.uniqueResourceName(this, { separator: '-', maxLength: 100 });
    // Answers are copies of what is locked, and go by themselves.
    const results = new s3.Bucket(this, 'Results', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: RESULTS_KEPT, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    const group = new athena.CfnWorkGroup(this, 'Group', {
      name: this.name,
      description: 'Questions to the audit trail of a Claude failover gateway',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        bytesScannedCutoffPerQuery: limitMb * 1_000_000,
        resultConfiguration: {
          outputLocation: results.s3UrlForObject('results/'),
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
        },
      },
    });
    for (const [queryId, description, sql] of QUERIES) {
      const query = new athena.CfnNamedQuery(this, queryId, {
        name: description.split(':')[0],
        description,
        database: table.databaseName,
        workGroup: this.name,
        queryString: sql(table.tableName),
      });
      query.node.addDependency(group);
    }
  }
}
