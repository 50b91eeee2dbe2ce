import type { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** Entries by their kind, which delete themselves when they expire. `regions`: those that have a replica. */
export const entriesTable = (
  scope: Construct,
  id: string,
  removalPolicy: RemovalPolicy,
  regions: readonly string[] = [],
): dynamodb.TableV2 =>
  new dynamodb.TableV2(scope, id, {
    partitionKey: { name: 'kind', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'entry', type: dynamodb.AttributeType.STRING },
    billing: dynamodb.Billing.onDemand(),
    timeToLiveAttribute: 'expires',
    removalPolicy,
    replicas: regions.length > 0 ? regions.map((region) => ({ region })) : undefined,
  });
