import type { Fault } from '../../../local/hosts';
import { CLOUDS, type Cloud, ENOUGH, filesOf, made, namesTo, onlyCloud } from './clouds';
import { ask, batchOf, client, many, resultsOf, tally } from './sdk';
import { BATCH_MS, type BatchWorld, HOUR_MS, JOBS, MINUTE_MS, useWorld } from './world';

const start = useWorld();
const jobFiles = (world: BatchWorld, cloud: Cloud) =>
  [...filesOf(world, cloud).keys()].filter((key) => key.startsWith('batches/jobs/'));

describe.each(CLOUDS)('a job of %s', (cloud) => {
  it('answers what Anthropic does not take, in the order of the requests, and leaves no file behind', async () => {
    const world = await onlyCloud(start, cloud);
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.tick();
    expect(jobFiles(world, cloud)).toEqual([expect.stringMatching(/\/input\.jsonl$/)]);
    await world.untilEnded();
    const results = await resultsOf(sdk, id);
    expect(tally(results)).toEqual({ succeeded: ENOUGH });
    expect(results.map(({ custom_id }) => custom_id)).toEqual(namesTo(ENOUGH));
    expect(made(world, cloud)).toHaveLength(1);
    expect(jobFiles(world, cloud)).toEqual([]);
  });

  it('gets what Anthropic had trouble with, by its custom_id, and nothing else', async () => {
    const world = await start({
      chain: ['anthropic', cloud],
      batches: { jobs: { [cloud]: JOBS[cloud] } },
      simulated: {
        anthropic: {
          batchTrouble: ({ messages }) => (/r\d*[02468]"/.test(JSON.stringify(messages)) ? 'overloaded' : undefined),
        },
      },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(2 * ENOUGH));
    await world.tick();
    world.skip(BATCH_MS);
    await world.tick();
    const [[key, input]] = [...filesOf(world, cloud)].filter(([name]) => name.startsWith('batches/jobs/')) as [
      [string, string],
    ];
    expect(key).toMatch(/-0-1\/input\.jsonl$/);
    expect(input.trim().split('\n')).toHaveLength(ENOUGH);
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 2 * ENOUGH });
  });

  it('a request that is wrong fails alone, in the words of the last host that had any', async () => {
    const world = await onlyCloud(start, cloud);
    const sdk = client(world);
    const sound = namesTo(ENOUGH).map((name) => ask(name));
    const { id } = await sdk.messages.batches.create(batchOf(ask('wrong', { max_tokens: -1 }), ...sound));
    await world.untilEnded();
    const [wrong, ...others] = await resultsOf(sdk, id);
    expect(wrong).toMatchObject({
      custom_id: 'wrong',
      result: {
        type: 'errored',
        error: { error: { type: 'invalid_request_error', message: expect.stringContaining('max_tokens') } },
      },
    });
    expect(tally(others)).toEqual({ succeeded: ENOUGH });
  });

  it('leaves to the next place what the cloud had trouble with', async () => {
    const troubles = ['overloaded', 'server-error', 'expired', undefined] as const;
    const world = await onlyCloud(start, cloud, {
      chain: ['anthropic', cloud, 'foundry'],
      batches: { fullPriceUsdPerDay: 100, jobs: { [cloud]: JOBS[cloud] } },
      simulated: {
        [cloud]: {
          batchTrouble: ({ messages }: { messages?: unknown }) =>
            troubles[Number(/r(\d+)/.exec(JSON.stringify(messages))?.[1]) % 4],
        },
      },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    // The chain asks the same cloud first, whose trouble is with its jobs only.
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH });
    expect(made(world, cloud)).toHaveLength(1);
  });

  it.each<Fault>([
    { kind: 'server-error' },
    { kind: 'throttling' },
    { kind: 'expired-credential' },
    { kind: 'not-found-model' },
    { kind: 'refused' },
  ])(
    'that cannot be made ($kind) leaves everything to the next place',
    async (fault) => {
      const world = await onlyCloud(start, cloud, {
        chain: ['anthropic', cloud, 'foundry'],
        batches: { fullPriceUsdPerDay: 100, jobs: { [cloud]: JOBS[cloud] } },
      });
      await world.host(cloud).setFault(fault);
      const sdk = client(world);
      const { id } = await sdk.messages.batches.create(many(ENOUGH));
      await world.untilEnded(10 * MINUTE_MS);
      expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH });
    },
    60_000,
  );

  it('that fails as a whole leaves everything to the next place', async () => {
    const world = await onlyCloud(start, cloud, {
      chain: ['anthropic', cloud, 'foundry'],
      batches: { fullPriceUsdPerDay: 100, jobs: { [cloud]: JOBS[cloud] } },
      sides: { [cloud]: { fails: () => 'The service role cannot read the bucket' } },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH });
    expect(made(world, cloud)).toHaveLength(1);
  });

  it('without a next place, says no more than that the host has not taken it', async () => {
    const world = await onlyCloud(start, cloud);
    await world.host(cloud).setFault({ kind: 'not-found-model' });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.untilEnded();
    const results = await resultsOf(sdk, id);
    expect(tally(results)).toEqual({ errored: ENOUGH });
    expect(JSON.stringify(results)).toContain(`host '${cloud}' did not take the batch`);
    expect(JSON.stringify(results)).not.toMatch(/arn:|gs:\/\/|role/);
  });

  it('whose making had no answer is found, and not made again', async () => {
    const world = await onlyCloud(start, cloud);
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.host(cloud).setFault({ kind: 'cut', times: 1 });
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH });
    // Bedrock is asked again at once, by the token of the first time; Vertex AI, which has none, is looked through first.
    const tokens = made(world, cloud).map(({ body }) => {
      const { clientRequestToken, displayName } = JSON.parse(body.toString()) as Record<string, string>;
      return clientRequestToken ?? displayName;
    });
    expect(new Set(tokens).size).toBe(1);
    expect(tokens).toHaveLength(cloud === 'bedrock' ? 2 : 1);
  });

  it('that is slow has its time, and what it has answered by then is kept', async () => {
    let ran = 0;
    const world = await onlyCloud(start, cloud, {
      chain: ['anthropic', cloud, 'foundry'],
      batches: { fullPriceUsdPerDay: 100, patienceMs: HOUR_MS, jobs: { [cloud]: JOBS[cloud] } },
      simulated: { [cloud]: { batchMs: 2 * HOUR_MS, batchTrouble: () => void (ran += 1) } },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.tick();
    world.skip(HOUR_MS);
    await world.tick();
    expect(ran).toBeGreaterThanOrEqual(ENOUGH / 2);
    expect(ran).toBeLessThan(ENOUGH);
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH });
  });

  it('is stopped when its batch is cancelled, and what it has answered by then is kept', async () => {
    const world = await onlyCloud(start, cloud);
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.tick();
    world.skip(BATCH_MS / 2);
    await sdk.messages.batches.cancel(id);
    await world.untilEnded();
    const { succeeded = 0, canceled = 0 } = tally(await resultsOf(sdk, id));
    expect(succeeded + canceled).toBe(ENOUGH);
    expect(succeeded).toBeGreaterThan(0);
    expect(canceled).toBeGreaterThan(0);
  });

  it('with nobody behind it, has until the batch expires', async () => {
    const world = await onlyCloud(start, cloud, { simulated: { [cloud]: { batchMs: 48 * HOUR_MS } } });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.untilEnded(HOUR_MS / 2);
    expect(tally(await resultsOf(sdk, id))).toEqual({ expired: ENOUGH });
  });

  it('waits its turn where the cloud works on as many as it may, and costs nobody the double meanwhile', async () => {
    let ran = 0;
    const world = await onlyCloud(start, cloud, {
      chain: ['anthropic', cloud, 'foundry'],
      batches: { fullPriceUsdPerDay: 100, jobs: { [cloud]: JOBS[cloud] } },
      sides: { [cloud]: { most: 1 } },
      simulated: { [cloud]: { batchMs: HOUR_MS, batchTrouble: () => void (ran += 1) } },
    });
    const uploads: string[] = [];
    for (const { breakBy } of [world.bucket, world.storage]) {
      breakBy((method, key) => {
        if (/^P/.test(method) && key.startsWith('batches/jobs/')) uploads.push(key);
        return false;
      });
    }
    const sdk = client(world);
    const batches = [];
    for (let at = 0; at < 3; at += 1) batches.push(await sdk.messages.batches.create(many(ENOUGH)));
    await world.untilEnded(10 * MINUTE_MS);
    for (const { id } of batches) expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: ENOUGH });
    expect(ran).toBe(3 * ENOUGH);
    expect(uploads).toHaveLength(3);
  }, 60_000);

  it('is not tried where it is not configured', async () => {
    const world = await onlyCloud(start, cloud, { batches: {} });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(ENOUGH));
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ errored: ENOUGH });
    expect(world.host(cloud).requests).toHaveLength(0);
  });
});
