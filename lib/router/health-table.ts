import type { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** What routers share of hosts' health. Nothing in it outlives an outage, so there is nothing to recover. */
export function healthTable(scope: Construct, removalPolicy: RemovalPolicy): dynamodb.TableV2 {
  return new dynamodb.TableV2(scope, 'HealthTable', {
    partitionKey: { name: 'kind', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'entry', type: dynamodb.AttributeType.STRING },
    billing: dynamodb.Billing.onDemand(),
    timeToLiveAttribute: 'expires',
    removalPolicy,
  });
}

/** Reads all of a kind at once, writes one at a time. What is done deletes itself; only an operator takes an override back. */
export function grantHealth(table: dynamodb.ITableV2, grantee: iam.IGrantable): void {
  table.grant(grantee, 'dynamodb:Query', 'dynamodb:PutItem');
}
