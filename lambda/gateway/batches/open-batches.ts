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
import type { BatchesDoor } from './batches';
import { isBatches, serveBatches } from './front/batches-endpoint';
import { batchesPlace, missingForBatches } from './batches-env';
import { createReport } from './report';
import { schedulerWake } from './scheduler-wake';
import { createBatchObjects } from './state/batch-objects';
import { createBatchTable } from './state/batch-table';
import type { Wake } from './wake';
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
  const { wake, table, objects } = schedules ? workerParts(world, schedulerWake(schedules, env)) : inProcess(world);
  const batches = { table, objects, wake };
  return {
    serves: isBatches,
    serve: (parts, request, method, client) => serveBatches(parts, batches, request, method, client),
    close: () => wake.close(),
  };
}

/** Where nobody else works batches off, the process that takes them in does. */
function inProcess(world: BatchesWorld): WorkerParts {
  const wake = processWake(() => parts, world.clock);
  const parts: WorkerParts = workerParts(world, wake);
  return parts;
}

/** For a worker. */
export function workerParts(
  { config, env, clock, transport, hosts, handle, spend }: BatchesWorld,
  wake: Wake,
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
    fullPrice: createFullPrice(config, handle, table, clock),
    report: createReport(config, env, clock),
    spend,
  };
}
