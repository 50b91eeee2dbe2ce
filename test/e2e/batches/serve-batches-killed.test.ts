import { HOUR_MS, useWorld } from './world';
import { client, many, resultsOf, tally } from './sdk';

const start = useWorld();

/** Evenly spread numbers in [0, 1), the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

it.each([1, 2, 3])(
  'a bucket that fails at random, so that workers end between any two steps, loses nothing and asks nothing twice (%i)',
  async (seed) => {
    const random = chance(seed);
    const world = await start({ chain: ['anthropic', 'foundry'], batches: { fullPriceUsdPerDay: 100 } });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(40));
    world.bucket.breakBy(() => random() < 0.6);
    await world.untilEnded();
    world.bucket.breakBy(undefined);
    const results = await resultsOf(sdk, id);
    expect(tally(results)).toEqual({ succeeded: 40 });
    expect(results.map(({ custom_id }) => custom_id)).toEqual(Array.from({ length: 40 }, (_, at) => `r${at}`));
    const posts = world.host('anthropic').requests.filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(1);
    expect(world.host('foundry').requests).toHaveLength(0);
  },
);

it('a table that is gone for a while, and a worker beside another, change nothing', async () => {
  const world = await start({ chain: ['anthropic', 'foundry'], batches: { fullPriceUsdPerDay: 100 } });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(20));
  await Promise.all([world.tick(), world.tick(), world.tick()]);
  await world.table.setFault('server-error');
  await world.tick();
  await world.table.setFault();
  await Promise.all([world.tick(), world.tick()]);
  await world.untilEnded();
  expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 20 });
  const posts = world.host('anthropic').requests.filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(1);
});

it('10,000 requests, of which every sixth meets trouble, are each answered once', async () => {
  const troubles = ['overloaded', 'server-error', 'expired', undefined, undefined, undefined] as const;
  const world = await start({
    chain: ['anthropic', 'foundry'],
    batches: { fullPriceUsdPerDay: 10_000 },
    simulated: {
      anthropic: {
        batchTrouble: ({ messages }) => troubles[Number(/r(\d+)/.exec(JSON.stringify(messages))?.[1]) % 18],
      },
    },
  });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(10_000));
  await world.untilEnded(HOUR_MS / 4);
  const results = await resultsOf(sdk, id);
  expect(results.map(({ custom_id }) => custom_id)).toEqual(Array.from({ length: 10_000 }, (_, at) => `r${at}`));
  expect(tally(results)).toEqual({ succeeded: 10_000 });
}, 120_000);
