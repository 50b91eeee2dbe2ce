import { randomUUID } from 'node:crypto';
import type { BatchWork, RouterConfig } from '../../../lib/contract';
import type { Clock, Random } from '../../engine/time/clock';
import { Transport } from '../../hosts/transport/transport';
import type { Env } from '../../runtime/require-env';
import { ConfigError } from '../config/read-config';
import { createRouter } from '../create-router';
import { createParts } from '../plan/router-parts';
import { batchesPlace, missingForBatches } from './batches-env';
import { workerParts } from './open-batches';
import { schedulerWake } from './scheduler-wake';
import type { Wake } from './wake';
import { workBatch } from './worker/work-batch';

export interface BatchWorker {
  /** Works a batch off as far as it gets until then. */
  work(work: BatchWork, until: number): Promise<void>;
  close(): void;
}

interface WorkerWorld {
  readonly clock: Clock;
  readonly random?: Random;
  readonly transport?: Transport;
}

/** A worker of its own, with a router for what is asked at full price. Throws a `ConfigError` for what the environment lacks. */
export function createWorker(
  config: RouterConfig,
  env: Env,
  { clock, random, transport = new Transport() }: WorkerWorld,
): BatchWorker {
  const problems = missingForBatches(config, env);
  if (problems.length > 0) throw new ConfigError(problems);
  // Nobody comes to it through a front door, and for its batches there is this worker.
  const routed = { ...config, batches: undefined, frontSecretSha256: undefined };
  const router = createRouter(routed, env, { clock, transport, ...(random && { random }) });
  const { configuredHosts } = createParts(routed, env, clock, transport);
  const world = { config, env, clock, transport, hosts: configuredHosts(), handle: router.handle, spend: router.spend };
  const parts = workerParts(world, wakeOf(env));
  return {
    work: (work, until) => workBatch(parts, work, { owner: randomUUID(), until }),
    close: () => router.close(),
  };
}

function wakeOf(env: Env): Wake {
  const { schedules } = batchesPlace(env);
  if (schedules) return schedulerWake(schedules, env);
  throw new ConfigError([
    'batches: a worker without schedules is woken by nobody; let the router work its batches off',
  ]);
}
