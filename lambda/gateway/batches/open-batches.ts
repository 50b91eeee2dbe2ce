import type { RouterConfig } from '../../../lib/contract';
import type { ConfiguredHost } from '../../engine/chain/plan';
import { textStore } from '../../aws/batches/text-store';
import type { Gateway } from '../../engine/gateway';
import type { Clock } from '../../engine/time/clock';
import { createPlace } from '../../hosts/batches/create-place';
import type { Transport } from '../../hosts/transport/transport';
import type { Env } from '../../runtime/require-env';
import type { Spend } from '../spend/spend';
import { GatewayError } from '../gateway-error';
import type { Batches, BatchesDoor } from './batches';
import { isBatches, serveBatches } from './front/batches-endpoint';
import { batchesPlace, missingForBatches } from './batches-env';
import { createReport } from './report';
import { schedulerWake } from './scheduler-wake';
import { createBatchObjects } from './state/batch-objects';
import { createBatchTable } from './state/batch-table';
import type { Wake } from './wake';
import { createDrained } from './worker/drained';
import { createFullPrice } from './worker/full-price';
import { processWake } from './process-wake';
import type { WorkerParts } from './worker/worker-parts';

export interface BatchesWorld {
  readonly config: RouterConfig;
  readonly env: Env;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly hosts: ReadonlyMap<string, ConfiguredHost>;
  /** The router, for what is asked at full price. */
  readonly handle: Gateway;
  /** The router's, too. */
  readonly spend: Promise<Spend> | undefined;
}

/** For the endpoints. Throws a `GatewayError` where there is nothing to keep batches in. */
export function openBatches(world: BatchesWorld): BatchesDoor {
  const { env } = world;
  const [missing] = missingForBatches(world.config, env);
  if (missing !== undefined) throw new GatewayError(501, missing);
  const { schedules } = batchesPlace(env);
  const batches = schedules ? withWake(world, schedulerWake(schedules, env)) : inProcess(world);
  return {
    serves: isBatches,
    serve: (parts, request, method, client) => serveBatches(parts, batches, request, method, client),
    close: () => batches.wake.close(),
  };
}

/** Where nobody else works batches off, the process that takes them in does. */
function inProcess(world: BatchesWorld): WorkerParts & Batches {
  const parts: WorkerParts & Batches = withWake(
    world,
    processWake(() => parts, world.clock),
  );
  return parts;
}

const withWake = (world: BatchesWorld, wake: Wake): WorkerParts & Batches => ({ ...workerParts(world, wake), wake });

/** For a worker. */
export function workerParts(
  { config, env, clock, transport, hosts, handle, spend }: BatchesWorld,
  wake: Pick<Wake, 'end'>,
): WorkerParts {
  const { table: tableName, bucket } = batchesPlace(env);
  const table = createBatchTable(tableName, env);
  const deps = { env, clock, transport, bucket };
  const places = new Map(
    config.hosts.flatMap((host) => {
      const configured = hosts.get(host.name);
      const place = configured && createPlace(host, config.batches?.jobs, configured.host, deps);
      return place ? [[host.name, place] as const] : [];
    }),
  );
  return {
    config,
    table,
    objects: createBatchObjects(textStore(bucket, env)),
    wake,
    clock,
    place: (name) => places.get(name),
    isDrained: createDrained(env, clock),
    fullPrice: createFullPrice(config, handle, table, clock),
    report: createReport(config, env, clock),
    spend,
  };
}
