import { type BatchWorld, JOBS, type Setup } from './world';

export type Cloud = 'bedrock' | 'vertex';
export const CLOUDS: readonly Cloud[] = ['bedrock', 'vertex'];
/** As many as a job of Bedrock has at least. */
export const ENOUGH = 100;

/** Anthropic takes nothing, and the cloud is the place after it. */
export async function onlyCloud(
  start: (setup: Setup) => Promise<BatchWorld>,
  cloud: Cloud,
  setup: Partial<Setup> = {},
): Promise<BatchWorld> {
  const world = await start({ chain: ['anthropic', cloud], batches: { jobs: { [cloud]: JOBS[cloud] } }, ...setup });
  await world.host('anthropic').setFault({ kind: 'expired-credential' });
  return world;
}

/** Requests by which jobs were to be made. */
export const made = (world: BatchWorld, cloud: Cloud) =>
  world
    .host(cloud)
    .requests.filter(
      ({ method, path }) => method === 'POST' && /\/(model-invocation-job|batchPredictionJobs)$/.test(path),
    );

export const filesOf = (world: BatchWorld, cloud: Cloud) =>
  (cloud === 'bedrock' ? world.bucket : world.storage).objects;

export const namesTo = (count: number) => Array.from({ length: count }, (_, at) => `r${at}`);
