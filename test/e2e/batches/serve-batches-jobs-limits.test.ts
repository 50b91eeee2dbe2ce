import { ENOUGH, filesOf, made, namesTo, onlyCloud } from './clouds';
import { ask, batchOf, client, many, resultsOf, tally } from './sdk';
import { JOBS, useWorld } from './world';

const start = useWorld();

describe('what a cloud’s jobs do not take', () => {
  it('fewer requests than Bedrock’s minimum go on without a word of it', async () => {
    const world = await onlyCloud(start, 'bedrock');
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH - 1));
    await world.untilEnded();
    expect(made(world, 'bedrock')).toHaveLength(0);
    expect(JSON.stringify(await resultsOf(sdk, id))).toContain("host 'anthropic' did not take the batch");
  });

  it.each([
    ['tools', { tools: [{ name: 'look', input_schema: { type: 'object' } }] }],
    ['structured output', { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } }],
  ])('requests with %s pass Bedrock by, and the others do not', async (_what, params) => {
    const jobs = { bedrock: JOBS.bedrock, vertex: JOBS.vertex };
    const world = await start({ chain: ['anthropic', 'bedrock', 'vertex'], batches: { jobs } });
    await world.host('anthropic').setFault({ kind: 'expired-credential' });
    const sdk = client(world);
    const sound = namesTo(ENOUGH).map((name) => ask(name));
    const { id } = await sdk.messages.batches.create(batchOf(...sound, ask('other', params)));
    await world.tick();
    const taken = [...filesOf(world, 'bedrock').values()].filter((text) => text.includes('"recordId"')).join('');
    expect(taken.trim().split('\n')).toHaveLength(ENOUGH);
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH + 1 });
    expect([made(world, 'bedrock'), made(world, 'vertex')].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('a request that asks for a cache is answered by Bedrock without one', async () => {
    const world = await onlyCloud(start, 'bedrock');
    const sdk = client(world);
    const system = [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }];
    const requests = namesTo(ENOUGH).map((name) => ask(name, { system }));
    const { id } = await sdk.messages.batches.create(batchOf(...requests));
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH });
  });

  it('a request with betas, which stand in a header, passes Vertex AI by', async () => {
    const world = await onlyCloud(start, 'vertex', {
      batches: { fullPriceUsdPerDay: 1, jobs: { vertex: JOBS.vertex } },
    });
    const sdk = client(world);
    const betas = { headers: { 'anthropic-beta': 'context-management-2025-06-27,message-batches-2024-09-24' } };
    const { id } = await sdk.messages.batches.create(many(2), betas);
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 2 });
    expect(made(world, 'vertex')).toHaveLength(0);
  });
});

it('Anthropic’s own batches come first, wherever it stands in the chain, and the clouds in the order of the chain', async () => {
  const world = await start({ chain: ['vertex', 'bedrock', 'anthropic'], batches: { jobs: JOBS } });
  const sdk = client(world);
  await sdk.messages.batches.create(many(ENOUGH));
  await world.untilEnded();
  expect([made(world, 'vertex'), made(world, 'bedrock')].flat()).toHaveLength(0);
  await world.host('anthropic').setFault({ kind: 'expired-credential' });
  await sdk.messages.batches.create(many(ENOUGH));
  await world.untilEnded();
  expect([made(world, 'vertex'), made(world, 'bedrock')].map(({ length }) => length)).toEqual([1, 0]);
});

describe('Vertex AI', () => {
  it('runs jobs in the region of their bucket, where the host itself is global', async () => {
    const jobs = { vertex: { ...JOBS.vertex, location: 'us-east5' } };
    const world = await onlyCloud(start, 'vertex', {
      batches: { jobs },
      simulated: { vertex: { region: 'us-east5' } },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(3));
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
    expect(made(world, 'vertex')[0]!.path).toBe(
      '/v1/projects/simulated-project/locations/us-east5/batchPredictionJobs',
    );
  });

  it('is asked again with a new token where one was refused', async () => {
    const world = await onlyCloud(start, 'vertex');
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(3));
    await world.host('vertex').setFault({ kind: 'expired-credential', times: 1 });
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
    expect(made(world, 'vertex')).toHaveLength(2);
  });
});
