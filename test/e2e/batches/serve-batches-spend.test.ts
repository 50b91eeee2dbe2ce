import { createHash } from 'node:crypto';
import { costUsd } from '../../../lib/catalog/prices';
import { books, spentBy } from '../spent';
import { BATCH_MS, type BatchWorld, HOUR_MS, KEYS, type Setup, useWorld } from './world';
import { ask, batchOf, client, many, MODEL, resultsOf } from './sdk';

const startWorld = useWorld();
const HAIKU = 'claude-haiku-4-5-20251001';
const start = (spend: object, setup: Partial<Setup> = {}): Promise<BatchWorld> =>
  startWorld({ chain: ['anthropic'], isCounted: true, ...setup, config: { ...setup.config, spend } });

const micros = (model: string, results: Awaited<ReturnType<typeof resultsOf>>): number =>
  results
    .flatMap(({ result }) => (result.type === 'succeeded' && result.message.model.startsWith(model) ? [result] : []))
    .reduce((sum, { message }) => sum + costUsd(model, { ...message.usage })! * 1e6, 0);

async function ended(world: BatchWorld, id: string) {
  await world.tick();
  world.skip(BATCH_MS);
  await world.untilEnded();
  return resultsOf(client(world), id);
}

it('a batch that a limit has no room for is refused as a message is, and nothing of it is kept or sent', async () => {
  const world = await start({ perTeam: { daily: 0.05 } });
  const sdk = client(world);
  await expect(sdk.messages.batches.create(many(100))).rejects.toMatchObject({
    status: 429,
    errorCode: 'enforced_spend_limit_reached',
  });
  expect(world.bucket.objects.size).toBe(0);
  expect(world.scheduler.schedules.size).toBe(0);
  expect(Object.values(await books(world.table)).every(({ spent, held }) => spent === 0 && held === 0)).toBe(true);
  await sdk.messages.batches.create(many(1));
});

it('what many batches may cost adds up, before any of them has ended', async () => {
  const world = await start({ perTeam: { daily: 0.1 } });
  const sdk = client(world);
  let made = 0;
  const all = async (): Promise<void> => {
    for (; made < 1000; made += 1) await sdk.messages.batches.create(many(1));
  };
  await expect(all()).rejects.toMatchObject({ status: 429 });
  expect(made).toBeGreaterThan(1);
  expect(await spentBy(world.table, 'team#red', 'daily')).toBeLessThanOrEqual(100_000);
});

it('what a batch has cost takes the place of its estimate, once, at half the list price and under each model', async () => {
  const models = { [HAIKU]: { daily: 100 } };
  const world = await start({ daily: 1000, perTeam: { monthly: 100 }, models });
  const batch = batchOf(ask('one'), ask('two', { model: HAIKU }), ask('wrong', { max_tokens: -1 }));
  const { id } = await client(world).messages.batches.create(batch);
  const estimated = await spentBy(world.table, 'gateway', 'daily');
  const results = await ended(world, id);
  const [opus, haiku] = [micros(MODEL, results), micros(HAIKU, results)];
  expect(opus).toBeGreaterThan(0);
  const all = Math.round((opus + haiku) / 2);
  expect(Math.abs(estimated - all)).toBeGreaterThan(10);
  expect(await spentBy(world.table, 'gateway', 'daily')).toBe(all);
  expect(await spentBy(world.table, 'team#red', 'monthly')).toBe(all);
  expect(await spentBy(world.table, `model#${HAIKU}`, 'daily')).toBe(Math.round(haiku / 2));
  await world.tick();
  expect(await spentBy(world.table, 'gateway', 'daily')).toBe(all);
  expect(Object.values(await books(world.table)).every(({ held }) => held === 0)).toBe(true);
});

it('it is counted in the window in which the batch was made', async () => {
  const world = await start({ daily: 1000 });
  const { id } = await client(world).messages.batches.create(many(3));
  await world.tick();
  world.skip(25 * HOUR_MS);
  await world.untilEnded();
  const half = micros(MODEL, await resultsOf(client(world), id)) / 2;
  expect(Object.values(await books(world.table)).map(({ spent }) => spent)).toEqual([Math.round(half)]);
});

it('a limit that is set while a batch is under way has nothing to give back for it', async () => {
  const clients = [{ name: 'red', keySha256: createHash('sha256').update(KEYS.red).digest('hex'), operator: true }];
  const world = await start({ daily: 1000 }, { config: { clients } });
  const { id } = await client(world).messages.batches.create(many(2));
  const { spendLimits } = client(world).beta.organization;
  await spendLimits.set({ scope: { type: 'workspace', workspace_id: 'red' }, amount: '100', period: 'daily' });
  await ended(world, id);
  expect(await spentBy(world.table, 'gateway', 'daily')).toBeGreaterThan(0);
  expect(await spentBy(world.table, 'team#red', 'daily')).toBe(0);
});

it('what is left and goes through the chain is counted there, at full price, and for the user who was named', async () => {
  const world = await start(
    { perUser: { daily: 100 } },
    { chain: ['anthropic', 'foundry'], batches: { fullPriceUsdPerDay: 100 } },
  );
  await world.host('anthropic').setFault({ kind: 'refused' });
  const { id } = await client(world).messages.batches.create(many(2), { headers: { 'x-failover-user': 'ann' } });
  const results = await ended(world, id);
  expect(results.every(({ result }) => result.type === 'succeeded')).toBe(true);
  const accounts = Object.entries(await books(world.table));
  expect(accounts).toHaveLength(1);
  expect(accounts[0]![0]).toMatch(/^user#red#~/);
  expect(accounts[0]![1]).toEqual({ spent: Math.round(micros(MODEL, results)), held: 0 });
});

describe('whose a batch is', () => {
  const of = (name: string, user_id: string) => ask(name, { metadata: { user_id } });

  it('is whom all of its requests name, and nobody’s where they name several', async () => {
    const world = await start({ perUser: { daily: 100 } });
    const { batches } = client(world).messages;
    await batches.create(batchOf(of('a', 'ann'), of('b', 'ann')));
    await batches.create(batchOf(of('a', 'ann'), of('b', 'bob')));
    await batches.create(batchOf(of('a', 'ann')), { headers: { 'x-failover-user': 'bob' } });
    await batches.create(many(1));
    expect(Object.keys(await books(world.table))).toHaveLength(3);
  });
});
