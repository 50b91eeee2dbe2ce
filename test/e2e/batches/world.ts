import { createHash } from 'node:crypto';
import {
  ENV as CONTRACT_ENV,
  type BatchWork,
  type ClientPolicy,
  type HostConfig,
  type RouterConfig,
} from '../../../lib/contract';
import { BATCHES_ENV } from '../../../lib/contract/batches/batch-names';
import { createWorker, type BatchWorker } from '../../../lambda/gateway/batches/create-worker';
import type { Clock } from '../../../lambda/engine/time/clock';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { createHealthStore } from '../../../lambda/gateway/state/health-store';
import { createRouter } from '../../../lambda/gateway/create-router';
import { systemClock } from '../../../lambda/runtime/system-clock';
import { createGatewayServer } from '../../../lambda/server/server';
import { startBucket, type SimulatedBucket } from '../../../local/aws/bucket';
import { startScheduler, type SimulatedScheduler } from '../../../local/aws/scheduler';
import { startHealthTable, type SimulatedTable } from '../../../local/health-table/health-table';
import { startCloudStorage } from '../../../local/google/cloud-storage';
import { startSimulatedHost, type JobsSide, type SimulatedHost, type SimulatedHostOptions } from '../../../local/hosts';
import { openServer } from '../../../local/loopback/open-server';
import { AWS, ENV, GOOGLE, HOST_SETUPS, type HostName } from '../host-setups';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How long a batch takes at a host. */
export const BATCH_MS = 10 * MINUTE_MS;

const BUCKET = 'batches-bucket';
const STORAGE = 'google-batches';
/** Batch jobs of the clouds, as they are configured. */
export const JOBS = {
  bedrock: { roleArn: 'arn:aws:iam::111122223333:role/batch-jobs' },
  vertex: { bucket: `gs://${STORAGE}` },
};

const MOST_STEPS = 100;
/** Between two rounds of a process that works its batches off itself. */
const ROUNDS_MS = 30_000;

export const KEYS = { red: 'gateway-key-of-red', blue: 'gateway-key-of-blue' };

export interface Setup {
  readonly chain: readonly HostName[];
  readonly batches?: RouterConfig['batches'];
  readonly config?: Partial<RouterConfig>;
  readonly hosts?: Partial<Record<HostName, Partial<HostConfig>>>;
  readonly policies?: Readonly<Record<string, ClientPolicy>>;
  /** No schedules: the gateway works its batches off itself, every few milliseconds. @default false */
  readonly ownWorker?: boolean;
  /** The table is the health table as well, so that what is spent is counted in it. @default false */
  readonly isCounted?: boolean;
  readonly simulated?: Partial<Record<HostName, Partial<SimulatedHostOptions>>>;
  readonly route?: Partial<RouterConfig['routes'][number]>;
  /** Beside what hosts and batches need. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of the clouds' own batch jobs. */
  readonly sides?: Partial<Record<HostName, Omit<JobsSide, 'files'>>>;
}

export interface BatchWorld {
  readonly url: string;
  readonly table: SimulatedTable;
  readonly bucket: SimulatedBucket;
  /** In Google's cloud. */
  readonly storage: SimulatedBucket;
  readonly scheduler: SimulatedScheduler;
  host(name: HostName): SimulatedHost;
  now(): number;
  skip(ms: number): void;
  /** As `claude-failover drain` does. */
  drain(host: HostName, forMs: number): Promise<void>;
  /** What EventBridge does once a day for the canary. */
  canary(): Promise<void>;
  /** What EventBridge does once a minute: a new worker for each batch that has a schedule. */
  tick(): Promise<void>;
  /** Minute after minute, or in other steps, until no batch has a schedule any more. */
  untilEnded(stepMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** A gateway with batches, on one virtual time with its hosts, and everything that is AWS's on loopback. */
export async function startWorld(setup: Setup): Promise<BatchWorld> {
  // It begins an hour into the next day by UTC, so that the day turns in a test only where the test skips to another.
  let ahead = DAY_MS - (systemClock.now() % DAY_MS) + HOUR_MS;
  const now = () => systemClock.now() + ahead;
  const clock: Clock = {
    now,
    timer: (ms, fire) => systemClock.timer(setup.ownWorker && ms === ROUNDS_MS ? 5 : ms, fire),
  };
  const [table, bucket, storage, scheduler] = await Promise.all([
    startHealthTable('batches', now),
    startBucket(BUCKET),
    startCloudStorage(STORAGE),
    startScheduler(),
  ]);
  const hosts = new Map<HostName, SimulatedHost>();
  for (const name of setup.chain) {
    const jobs = { files: HOST_SETUPS[name].simulated.kind === 'vertex' ? storage : bucket, ...setup.sides?.[name] };
    const options = { name, deltaDelayMs: 0, aws: AWS, google: GOOGLE, clock, batchMs: BATCH_MS, jobs };
    hosts.set(
      name,
      await startSimulatedHost({ ...options, ...HOST_SETUPS[name].simulated, ...setup.simulated?.[name] }),
    );
  }
  const env = {
    ...ENV,
    [BATCHES_ENV.TABLE]: table.name,
    // Its kinds are others than those of batches.
    [CONTRACT_ENV.HEALTH_TABLE]: table.name,
    [BATCHES_ENV.BUCKET]: bucket.name,
    ...(!setup.ownWorker && {
      [BATCHES_ENV.SCHEDULES]: JSON.stringify({ group: 'batches', workerArn: 'arn:worker', roleArn: 'arn:role' }),
    }),
    ...(setup.isCounted && { FAILOVER_HEALTH_TABLE: table.name }),
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_S3: bucket.endpoint,
    AWS_ENDPOINT_URL_SCHEDULER: scheduler.endpoint,
    STORAGE_EMULATOR_HOST: storage.endpoint,
    AWS_ENDPOINT_URL_BEDROCK: hosts.get('bedrock')?.url,
    ...setup.env,
  };
  const config = configOf(setup, (name) => hosts.get(name)!.url);
  const router = createRouter(config, env, { clock });
  const server = await openServer(createGatewayServer(router.handle));
  const tick = async (): Promise<void> => {
    const worker: BatchWorker = createWorker(config, env, { clock });
    const works = [...scheduler.schedules.values()].map((input) => JSON.parse(input) as BatchWork);
    await Promise.all(works.map((work) => worker.work(work, now() + 14 * MINUTE_MS).catch(() => undefined)));
    worker.close();
  };
  const skip = (ms: number) => void (ahead += ms);
  return {
    url: server.url,
    table,
    bucket,
    storage,
    scheduler,
    host: (name) => hosts.get(name)!,
    now,
    skip,
    drain: async (host, forMs) => {
      const override = {
        type: 'override',
        host,
        action: 'drain',
        by: 'test',
        at: now(),
        until: now() + forMs,
      } as const;
      await createHealthStore(table.name, env).write(override);
    },
    async canary() {
      const worker = createWorker(config, env, { clock });
      await worker.canary('claude-haiku-4-5', 'arn:worker').finally(() => worker.close());
    },
    tick,
    async untilEnded(stepMs = MINUTE_MS) {
      for (let step = 0; scheduler.schedules.size > 0; step += 1) {
        if (step > MOST_STEPS) throw new Error('a batch never ends');
        await tick();
        skip(stepMs);
      }
    },
    async close() {
      await server.close();
      router.close();
      await Promise.all([...hosts.values(), table, bucket, storage, scheduler].map((each) => each.close()));
    },
  };
}

function configOf(
  { chain, batches = {}, config, hosts = {}, policies = {}, route }: Setup,
  url: (name: HostName) => string,
): RouterConfig {
  const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');
  return parseConfig(
    JSON.stringify({
      hosts: chain.map((name) => ({ ...HOST_SETUPS[name].config(url(name)), ...hosts[name] })),
      models: ['claude-opus-5-5', 'claude-haiku-4-5'],
      routes: [{ chain, ...route }],
      clients: Object.entries(KEYS).map(([name, key]) => ({ name, keySha256: sha256(key), policy: policies[name] })),
      telemetry: { logs: false, metrics: false },
      batches,
      ...config,
    }),
  );
}

/** Worlds that are closed after each test. */
export function useWorld(): (setup: Setup) => Promise<BatchWorld> {
  const worlds: BatchWorld[] = [];
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
  });
  return async (setup) => {
    const world = await startWorld(setup);
    worlds.push(world);
    return world;
  };
}
