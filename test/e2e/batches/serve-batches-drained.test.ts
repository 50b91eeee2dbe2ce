import { BATCH_MS, HOUR_MS, MINUTE_MS, type BatchWorld, useWorld } from './world';
import { client, many, resultsOf, tally } from './sdk';

const start = useWorld();

const given = (world: BatchWorld) =>
  world.host('anthropic').requests.filter(({ method, path }) => method === 'POST' && path === '/v1/messages/batches');

it('a drained host is given no batch: what comes after it answers', async () => {
  const world = await start({ chain: ['anthropic', 'foundry'], batches: { fullPriceUsdPerDay: 100 } });
  await world.drain('anthropic', HOUR_MS);
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(3));
  await world.untilEnded();
  expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
  expect(world.host('anthropic').requests).toHaveLength(0);
});

it('with nobody after it, a batch waits until the drain ends', async () => {
  const world = await start({ chain: ['anthropic'] });
  await world.drain('anthropic', HOUR_MS);
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(3));
  for (let minutes = 0; minutes < 50; minutes += 10) {
    await world.tick();
    world.skip(10 * MINUTE_MS);
  }
  expect(given(world)).toHaveLength(0);
  world.skip(20 * MINUTE_MS);
  await world.untilEnded();
  expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
});

it('what a host has already when it is drained, it answers', async () => {
  const world = await start({ chain: ['anthropic', 'foundry'], batches: { fullPriceUsdPerDay: 100 } });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(3));
  await world.tick();
  await world.drain('anthropic', HOUR_MS);
  world.skip(BATCH_MS);
  await world.untilEnded();
  expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
  expect(world.host('foundry').requests).toHaveLength(0);
});
