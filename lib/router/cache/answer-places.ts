import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ENV, type RouterConfig } from '../../contract';
import { CACHE_PREFIX } from '../../contract/routes/cache';
import { ValidationError } from '../../validation-error';
import { entriesTable } from '../kept/entries-table';
import { privateBucket } from '../kept/private-bucket';
import type { RuntimeDraft } from '../shape/runtime';

/** Where answers are kept. */
export interface AnswerPlaces {
  readonly table: dynamodb.ITableV2;
  readonly bucket: s3.IBucket;
  /** By which whoever answers finds them. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface AnswerPlacesProps {
  readonly removalPolicy: RemovalPolicy;
  /** Those beside the stack's own in which the router serves. */
  readonly regions: readonly string[];
  readonly encryptionKey?: kms.IKey;
}

const DAY_SECONDS = 86_400;
const ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem'];

/** Made where some route keeps answers; undefined where none does. What is lost with them is asked for again. */
export function answerPlaces(
  scope: Construct,
  { routes }: Pick<RouterConfig, 'routes'>,
  { removalPolicy, regions, encryptionKey }: AnswerPlacesProps,
): AnswerPlaces | undefined {
  const kept = routes.flatMap(({ cache }) => (cache ? [cache.ttlSeconds + (cache.staleSeconds ?? 0)] : []));
  if (kept.length === 0) return undefined;
  if (regions.length > 0 && encryptionKey !== undefined) {
    throw new ValidationError(
      scope,
      "'cache' and 'encryptionKey' cannot be had together in several regions: a key is of one region, and answers are kept in each; " +
        'leave out one of them',
    );
  }
  const table = entriesTable(scope, 'CacheTable', removalPolicy, regions);
  const bucket = privateBucket(scope, 'CacheBucket', {
    encryptionKey,
    // Whole days are all there is; who reads looks at the age.
    expiration: Duration.days(Math.ceil(Math.max(...kept) / DAY_SECONDS)),
    removalPolicy,
  });
  const environment = {
    [ENV.CACHE_TABLE]: table.tableName,
    [ENV.CACHE_BUCKET]: `${Stack.of(scope).region}/${bucket.bucketName}`,
  };
  return { table, bucket, environment };
}

/** One at a time, by its key, and nothing else: who has not asked the same finds nothing. */
export function letUse(
  scope: Construct,
  { table, bucket }: AnswerPlaces,
  regions: readonly string[],
  draft: Pick<RuntimeDraft, 'addToRolePolicy'>,
): void {
  const { partition, account } = Stack.of(scope);
  const replicas = regions.map((each) => `arn:${partition}:dynamodb:${each}:${account}:table/${table.tableName}`);
  draft.addToRolePolicy(new iam.PolicyStatement({ actions: ACTIONS, resources: [table.tableArn, ...replicas] }));
  draft.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [bucket.arnForObjects(`${CACHE_PREFIX}*`)],
    }),
  );
}
