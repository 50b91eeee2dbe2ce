import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { entriesTable } from './kept/entries-table';

/** `regions`: those that have a replica. What routers share of hosts' health: nothing in it outlives an outage, so there is nothing to recover. */
export function healthTable(
  scope: Construct,
  removalPolicy: RemovalPolicy,
  regions?: readonly string[],
): dynamodb.TableV2 {
  return entriesTable(scope, 'HealthTable', removalPolicy, regions);
}

export const HEALTH_ACTIONS = ['dynamodb:Query', 'dynamodb:PutItem'];
/** Counts of what is spent, and limits that operators set and take back. */
export const SPEND_ACTIONS = ['dynamodb:UpdateItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'];
export const LIMITS_ACTIONS = ['dynamodb:UpdateItem', 'dynamodb:GetItem'];

/** Reads all of a kind at once, writes one at a time. What is done deletes itself; only an operator takes an override back. */
export function grantHealth(table: dynamodb.ITableV2, grantee: iam.IGrantable): void {
  table.grant(grantee, ...HEALTH_ACTIONS);
}

export function grantSpend(table: dynamodb.ITableV2, grantee: iam.IGrantable): void {
  table.grant(grantee, ...SPEND_ACTIONS);
}

/** Counts of what clients have sent, added to and read back. */
export function grantLimits(table: dynamodb.ITableV2, grantee: iam.IGrantable): void {
  table.grant(grantee, ...LIMITS_ACTIONS);
}
