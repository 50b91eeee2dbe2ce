import { made } from './clouds';
import { type BatchWorld, HOUR_MS, JOBS, useWorld } from './world';
import { ask, batchOf, client, many, resultsOf, tally } from './sdk';

const start = useWorld();

/** Evenly spread numbers in [0, 1), the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** What the ring of requests still has of what was bought at full price. */
const bought = (world: BatchWorld) =>
  (['anthropic', 'vertex', 'bedrock', 'foundry'] as const).flatMap((name) =>
    world
      .host(name)
      .requests.filter(({ path }) => /v1\/messages$|[rR]awPredict$/.test(path))
      .map(({ body }) => nameIn(body.toString())),
  );
const nameIn = (text: string): string => /I am (r\d+)/.exec(text)?.[1] ?? '';

it.each([1, 2].flatMap((seed) => [['bedrock', seed] as const, ['vertex', seed] as const]))(
  'buckets that fail at random, so that workers end between any two steps, lose nothing and have %s asked once (%i)',
  async (cloud, seed) => {
    const random = chance(seed);
    const world = await start({
      chain: ['anthropic', cloud, 'foundry'],
      batches: { fullPriceUsdPerDay: 100, jobs: { [cloud]: JOBS[cloud] } },
    });
    await world.host('anthropic').setFault({ kind: 'expired-credential' });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(100));
    world.bucket.breakBy(() => random() < 0.6);
    world.storage.breakBy(() => random() < 0.4);
    await world.untilEnded();
    world.bucket.breakBy(undefined);
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 100 });
    expect(made(world, cloud)).toHaveLength(1);
    expect(world.host('foundry').requests).toHaveLength(0);
  },
  60_000,
);

it.each(['bedrock', 'vertex'] as const)(
  'workers of %s beside each other, and a table that is gone for a while, make one job',
  async (cloud) => {
    const world = await start({ chain: ['anthropic', cloud], batches: { jobs: { [cloud]: JOBS[cloud] } } });
    await world.host('anthropic').setFault({ kind: 'expired-credential' });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(100));
    await Promise.all([world.tick(), world.tick(), world.tick()]);
    await world.table.setFault('server-error');
    await world.tick();
    await world.table.setFault();
    await Promise.all([world.tick(), world.tick()]);
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 100 });
    expect(made(world, cloud)).toHaveLength(1);
  },
);

it('10,000 requests through all places, each of which fails at random, are each answered once, and a wrong one fails alone', async () => {
  const random = chance(7);
  const answered: string[] = [];
  /** Trouble with so many of them; the others are answered, and paid. */
  const trouble = (share: number) => ({
    batchTrouble({ messages }: { readonly messages?: unknown }) {
      const name = nameIn(JSON.stringify(messages));
      if (random() < share) return (['overloaded', 'server-error', 'expired'] as const)[Math.floor(random() * 3)];
      if (name) answered.push(name);
      return undefined;
    },
  });
  const world = await start({
    chain: ['anthropic', 'vertex', 'bedrock', 'foundry'],
    batches: { fullPriceUsdPerDay: 10_000, jobs: JOBS },
    simulated: { anthropic: trouble(0.6), vertex: trouble(0.5), bedrock: trouble(0.4) },
  });
  const sdk = client(world);
  const requests = Array.from({ length: 10_000 }, (_, at) =>
    ask(at % 1000 === 500 ? `wrong${at}` : `r${at}`, at % 1000 === 500 ? { max_tokens: -1 } : {}),
  );
  const { id } = await sdk.messages.batches.create(batchOf(...requests));
  await world.host('anthropic').setFault({ kind: 'overloaded', rate: 0.2 });
  await world.host('vertex').setFault({ kind: 'cut', rate: 0.2 });
  await world.host('bedrock').setFault({ kind: 'server-error', rate: 0.2 });
  await world.untilEnded(HOUR_MS / 4);
  const results = await resultsOf(sdk, id);
  expect(results.map(({ custom_id }) => custom_id)).toEqual(requests.map(({ custom_id }) => custom_id));
  expect(tally(results)).toEqual({ succeeded: 9990, errored: 10 });
  expect(results.filter(({ result }) => result.type === 'errored').map(({ custom_id }) => custom_id)).toEqual(
    requests.map(({ custom_id }) => custom_id).filter((name) => name.startsWith('wrong')),
  );
  // By jobs once at most, and what a job has answered nobody is asked for again.
  const byJobs = new Set(answered);
  expect(byJobs.size).toBe(answered.length);
  expect(bought(world).filter((name) => byJobs.has(name))).toEqual([]);
  expect(made(world, 'bedrock').length).toBeGreaterThan(0);
  expect(bought(world).length).toBeGreaterThan(0);
}, 240_000);
