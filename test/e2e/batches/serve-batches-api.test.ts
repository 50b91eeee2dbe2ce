import { BATCH_MS, HOUR_MS, KEYS, useWorld } from './world';
import { ask, batchOf, client, many, MODEL, resultsOf } from './sdk';

const start = useWorld();

it('an official SDK creates a batch, waits for it and reads its results, in the order of its requests', async () => {
  const world = await start({ chain: ['anthropic'] });
  const sdk = client(world);
  const created = await sdk.messages.batches.create(batchOf(ask('one'), ask('two'), ask('wrong', { max_tokens: -1 })));
  expect(created).toMatchObject({
    id: expect.stringMatching(/^msgbatch_[A-Za-z0-9]{24}$/),
    type: 'message_batch',
    processing_status: 'in_progress',
    request_counts: { processing: 3, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    ended_at: null,
    cancel_initiated_at: null,
    archived_at: null,
    results_url: null,
  });
  expect(Date.parse(created.expires_at) - Date.parse(created.created_at)).toBe(24 * HOUR_MS);
  await world.tick();
  expect(await sdk.messages.batches.retrieve(created.id)).toMatchObject({ processing_status: 'in_progress' });
  await expect(sdk.messages.batches.results(created.id)).rejects.toThrow('No batch `results_url`');
  world.skip(BATCH_MS);
  await world.untilEnded();
  expect(await sdk.messages.batches.retrieve(created.id)).toMatchObject({
    processing_status: 'ended',
    request_counts: { processing: 0, succeeded: 2, errored: 1, canceled: 0, expired: 0 },
    results_url: `${world.url}/v1/messages/batches/${created.id}/results`,
  });
  expect(await resultsOf(sdk, created.id)).toEqual([
    { custom_id: 'one', result: { type: 'succeeded', message: expect.objectContaining({ model: MODEL }) } },
    { custom_id: 'two', result: { type: 'succeeded', message: expect.objectContaining({ role: 'assistant' }) } },
    {
      custom_id: 'wrong',
      result: {
        type: 'errored',
        error: expect.objectContaining({ error: expect.objectContaining({ type: 'invalid_request_error' }) }),
      },
    },
  ]);
  expect(world.scheduler.schedules.size).toBe(0);
});

it('results keep the order of the requests where several models are asked', async () => {
  const world = await start({ chain: ['anthropic'] });
  const sdk = client(world);
  const names = ['a', 'b', 'c', 'd', 'e'];
  const requests = names.map((name, at) => ask(name, { model: at % 2 === 0 ? MODEL : 'claude-haiku-4-5' }));
  const { id } = await sdk.messages.batches.create(batchOf(...requests));
  await world.tick();
  world.skip(BATCH_MS);
  await world.untilEnded();
  const results = await resultsOf(sdk, id);
  expect(results.map(({ custom_id }) => custom_id)).toEqual(names);
  expect(results.map(({ result }) => result.type === 'succeeded' && result.message.model)).toEqual(
    requests.map(({ params }) => params.model).map((model) => expect.stringContaining(model)),
  );
});

it.each([
  ['twice the same custom_id', batchOf(ask('one'), ask('one')), 400, 'unique within a batch'],
  ['no requests', batchOf(), 400, 'at least 1 item'],
  ['a custom_id of other letters', batchOf(ask('ö')), 400, 'requests.0.custom_id: String should match pattern'],
  [
    'a model that is not served',
    batchOf(ask('one'), ask('two', { model: 'claude-2' })),
    404,
    'requests.1.params.model',
  ],
])('a batch with %s is refused at once', async (_what, batch, status, message) => {
  const world = await start({ chain: ['anthropic'] });
  await expect(client(world).messages.batches.create(batch)).rejects.toMatchObject({
    status,
    message: expect.stringContaining(message),
  });
  expect(world.scheduler.schedules.size).toBe(0);
  expect(world.bucket.objects.size).toBe(0);
});

it('a client lists its batches page by page, the newest first, and nobody else’s', async () => {
  const world = await start({ chain: ['anthropic'] });
  const red = client(world);
  const ids: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    ids.unshift((await red.messages.batches.create(many(1))).id);
    world.skip(1000);
  }
  const blue = client(world, KEYS.blue);
  const own = await blue.messages.batches.create(many(1));
  const seen: string[] = [];
  for await (const { id } of red.messages.batches.list({ limit: 2 })) seen.push(id);
  expect(seen).toEqual(ids);
  const before = await red.messages.batches.list({ limit: 2, before_id: ids[3]! });
  expect(before.data.map(({ id }) => id)).toEqual(ids.slice(1, 3));
  expect(before.has_more).toBe(true);
  expect((await blue.messages.batches.list()).data.map(({ id }) => id)).toEqual([own.id]);
});

it('what one client has, another neither sees, nor cancels, nor deletes', async () => {
  const world = await start({ chain: ['anthropic'] });
  const { id } = await client(world).messages.batches.create(many(1));
  const { batches } = client(world, KEYS.blue).messages;
  for (const attempt of [() => batches.retrieve(id), () => batches.cancel(id), () => batches.delete(id)]) {
    await expect(attempt()).rejects.toMatchObject({ status: 404 });
  }
  expect(await client(world).messages.batches.retrieve(id)).toMatchObject({ processing_status: 'in_progress' });
});

it('a batch that is cancelled before a host has it ends with every request cancelled', async () => {
  const world = await start({ chain: ['anthropic'] });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(3));
  expect(await sdk.messages.batches.cancel(id)).toMatchObject({
    processing_status: 'canceling',
    cancel_initiated_at: expect.any(String),
  });
  await world.untilEnded();
  expect(await sdk.messages.batches.retrieve(id)).toMatchObject({
    processing_status: 'ended',
    request_counts: { canceled: 3 },
  });
  expect((await resultsOf(sdk, id)).map(({ result }) => result)).toEqual(Array(3).fill({ type: 'canceled' }));
  expect(world.host('anthropic').requests).toHaveLength(0);
});

it('a batch that is cancelled while a host has it is cancelled there, too', async () => {
  const world = await start({ chain: ['anthropic'] });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(3));
  await world.tick();
  await sdk.messages.batches.cancel(id);
  await world.tick();
  expect(world.host('anthropic').requests.some(({ path }) => path.endsWith('/cancel'))).toBe(true);
  await world.untilEnded();
  expect(await sdk.messages.batches.retrieve(id)).toMatchObject({ request_counts: { canceled: 3 } });
});

it('a batch is deleted once it has ended, with all that was kept of it', async () => {
  const world = await start({ chain: ['anthropic'] });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(3));
  await expect(sdk.messages.batches.delete(id)).rejects.toThrow('In progress batches cannot be deleted');
  await world.tick();
  world.skip(BATCH_MS);
  await world.untilEnded();
  expect([...world.bucket.objects.keys()]).toEqual([expect.stringMatching(/results\.jsonl$/)]);
  expect(await sdk.messages.batches.delete(id)).toEqual({ id, type: 'message_batch_deleted' });
  await expect(sdk.messages.batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
  expect(world.bucket.objects.size).toBe(0);
});

it('results are there for 29 days, and then the batch says that they are archived', async () => {
  const world = await start({ chain: ['anthropic'] });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(1));
  await world.tick();
  world.skip(BATCH_MS);
  await world.untilEnded();
  world.skip(28 * 24 * HOUR_MS);
  expect(await resultsOf(sdk, id)).toHaveLength(1);
  world.skip(24 * HOUR_MS);
  const archived = await sdk.messages.batches.retrieve(id);
  expect(archived).toMatchObject({ archived_at: expect.any(String), results_url: null });
});

it('what is kept of a batch has its prompts, and no key', async () => {
  const world = await start({ chain: ['anthropic'] });
  await client(world).messages.batches.create(many(1));
  await world.tick();
  const objects = [...world.bucket.objects.values()].join();
  expect(objects).toContain('I am r0');
  expect(objects).not.toMatch(/sk-ant|gateway-key/);
});

it('a team’s policy is held against each request of its batch', async () => {
  const red = { maxTokens: 32, hosts: ['anthropic'] };
  const world = await start({ chain: ['anthropic', 'foundry'], policies: { red, blue: { hosts: ['foundry'] } } });
  await expect(client(world).messages.batches.create(many(1))).rejects.toMatchObject({ status: 403 });
  const { batches } = client(world).messages;
  expect(await batches.create(batchOf(ask('one', { max_tokens: 32 })))).toMatchObject({ type: 'message_batch' });
  await expect(client(world, KEYS.blue).messages.batches.create(many(1))).rejects.toMatchObject({ status: 403 });
});

it('a process without schedules works its batches off by itself', async () => {
  const world = await start({ chain: ['anthropic'], ownWorker: true, simulated: { anthropic: { batchMs: 0 } } });
  const sdk = client(world);
  const { id } = await sdk.messages.batches.create(many(2));
  for (let turn = 0; (await sdk.messages.batches.retrieve(id)).processing_status !== 'ended'; turn += 1) {
    if (turn > 500) throw new Error('it never ends');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await resultsOf(sdk, id)).toHaveLength(2);
});
