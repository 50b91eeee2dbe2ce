import { randomUUID } from 'node:crypto';
import type { BatchWork, RouterConfig } from '../../../lib/contract';
import { BATCHES_ENV } from '../../../lib/contract/batches/batch-names';
import type { Clock, Random } from '../../engine/time/clock';
import { Transport } from '../../hosts/transport/transport';
import type { Env } from '../../runtime/require-env';
import { ConfigError } from '../config/read-config';
import { createRouter } from '../create-router';
import { createParts } from '../plan/router-parts';
import { batchesPlace, missingForBatches } from './batches-env';
import { runCanary } from './canary/run-canary';
import { workerParts } from './open-batches';
import { schedulerEnd } from './scheduler-wake';
import { workBatch } from './worker/work-batch';

export interface BatchWorker {
  /** Works a batch off as far as it gets until then. */
  work(work: BatchWork, until: number): Promise<void>;
  /** Looks at the canary's last batch, and makes its next for that model, which schedules of their own have this worker work off. */
  canary(model: string, workerArn: string): Promise<void>;
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
  const { schedules } = batchesPlace(env);
  if (schedules === undefined) {
    throw new ConfigError([
      'batches: a worker without schedules is woken by nobody; let the router work its batches off',
    ]);
  }
  // Nobody comes to it through a front door, and for its batches there is this worker.
  const alone = { ...config, frontSecretSha256: undefined };
  const routed = { ...alone, batches: undefined };
  const world = { clock, transport, ...(random && { random }) };
  const router = createRouter(routed, env, world);
  const { configuredHosts } = createParts(routed, env, clock, transport);
  const parts = workerParts(
    { config, env, clock, transport, hosts: configuredHosts(), handle: router.handle, spend: router.spend },
    schedulerEnd(schedules.group, env),
  );
  return {
    async work(work, until) {
      await workBatch(parts, work, { owner: randomUUID(), until });
      await router.settle();
    },
    async canary(model, workerArn) {
      const door = { ...env, [BATCHES_ENV.SCHEDULES]: JSON.stringify({ ...schedules, workerArn }) };
      const { handle } = createRouter(alone, door, world);
      const found = await runCanary(handle, model, randomUUID(), clock);
      if (found !== 'young') parts.report.canary(found.problem);
    },
    close: () => router.close(),
  };
}
