import { Lazy, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BatchesConfig } from '../../contract';
import { BATCHES_ENV } from '../../contract/batches/batch-names';
import type { BoundRouter } from '../bind-router';
import { cheapestFirst } from '../cheapest-first';
import type { FailoverRouterProps } from '../router-props';
import type { ShapeSettings } from '../shape/router-shape';
import type { RuntimeDraft } from '../shape/runtime';
import { workerFunction } from '../shape/worker-function';
import { BatchSchedules } from './batch-schedules';
import { BatchStore } from './batch-store';
import { checkBatches } from './check-batches';
import { prepareJobs } from './jobs/prepare-jobs';

/** A place for batches, before there is a worker: that is told all that the router is told. */
export interface PreparedBatches {
  readonly bucket: s3.IBucket;
  readonly table: dynamodb.ITableV2;
  readonly config: BatchesConfig;
  readonly hasCanary: boolean;
  /** The worker; undefined where the router works its batches off itself. */
  work(
    environment: Readonly<Record<string, string>>,
    securityGroups: ec2.ISecurityGroup[] | undefined,
  ): lambda.IFunction | undefined;
}

/** What its variables take of a function's environment: names of up to 64 letters and ARNs of roles and functions. */
export const BATCHES_ENV_BYTES = 650;

export function prepareBatches(
  router: Construct,
  settings: ShapeSettings,
  draft: RuntimeDraft,
  { config, probes, hosts }: BoundRouter,
  props: FailoverRouterProps & { readonly removalPolicy: RemovalPolicy },
): PreparedBatches {
  const { encryptionKey, removalPolicy, vpc, batches = {} } = props;
  const { patience, fullPriceUsdPerDay, jobs, canary: hasCanary = false } = batches;
  const scope = new Construct(router, 'Batches');
  checkBatches(scope, batches, config, settings);
  const store = new BatchStore(scope, 'Store', { encryptionKey, removalPolicy });
  const role = draft.grantPrincipal;
  store.grant(role, fullPriceUsdPerDay !== undefined && fullPriceUsdPerDay !== 0);
  const place = {
    [BATCHES_ENV.TABLE]: store.table.tableName,
    [BATCHES_ENV.BUCKET]: store.bucket.bucketName,
  };
  for (const [name, value] of Object.entries(place)) draft.addEnvironment(name, value);
  const prepared = {
    bucket: store.bucket,
    table: store.table,
    config: {
      patienceMs: patience?.toMilliseconds(),
      fullPriceUsdPerDay,
      jobs: jobs && prepareJobs(scope, jobs, { hosts, bucket: store.bucket, worker: role }),
    },
    hasCanary,
  };
  // A process that is always there needs nobody to wake it.
  if (settings.kind === 'fargate') return { ...prepared, work: () => undefined };
  const schedules = new BatchSchedules(scope, 'Schedules');
  schedules.grant(role);
  const told = { group: schedules.group.scheduleGroupName, roleArn: schedules.role.roleArn };
  const json = (value: object): string => Stack.of(scope).toJsonString(value);
  let worker: lambda.IFunction | undefined;
  draft.addEnvironment(
    BATCHES_ENV.SCHEDULES,
    Lazy.string({ produce: () => json({ ...told, workerArn: worker?.functionArn }) }),
  );
  return {
    ...prepared,
    work(environment, securityGroups) {
      worker = workerFunction(scope, {
        ...props,
        bundle: 'batches',
        description: 'Works Message Batches off, by the batches of hosts and then by a chain',
        router: draft,
        environment: { ...environment, ...place, [BATCHES_ENV.SCHEDULES]: json(told) },
        // Outside of a VPC it has no groups, whatever its router has.
        securityGroups: vpc && securityGroups,
      });
      schedules.letInvoke(worker);
      if (hasCanary) schedules.wakeCanary(worker, { canary: cheapestFirst(probes.map(({ model }) => model))[0] ?? '' });
      return worker;
    },
  };
}
