import type { Fault } from '../../../local/hosts';
import { BATCH_MS, type BatchWorld, HOUR_MS, MINUTE_MS, useWorld } from './world';
import { ask, batchOf, client, many, resultsOf, tally } from './sdk';

const start = useWorld();
const PRICED = { fullPriceUsdPerDay: 100 };

const isBatch = ({ path }: { path: string }) => path.startsWith('/v1/messages/batches');
const made = (world: BatchWorld) =>
  world.host('anthropic').requests.filter(({ method, path }) => method === 'POST' && path === '/v1/messages/batches');

/** What is asked of a place outside of batches. */
const bought = (world: BatchWorld, host: 'anthropic' | 'foundry') =>
  world.host(host).requests.filter((request) => request.method === 'POST' && !isBatch(request));

describe('while Anthropic takes no batches', () => {
  it.each<Fault>([
    { kind: 'overloaded' },
    { kind: 'server-error' },
    { kind: 'refused' },
    { kind: 'expired-credential' },
  ])('($kind) the chain answers at full price, within its limit', async (fault) => {
    const world = await start({ chain: ['anthropic', 'foundry'], batches: PRICED });
    await world.host('anthropic').setFault(fault);
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(12));
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 12 });
    expect(bought(world, 'foundry')).toHaveLength(12);
  });

  it('a hiccup is waited for, because the next place costs double', async () => {
    const world = await start({ chain: ['anthropic', 'foundry'], batches: PRICED });
    await world.host('anthropic').setFault({ kind: 'rate-limited' });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(3));
    for (let minute = 0; minute < 5; minute += 1) {
      await world.tick();
      world.skip(MINUTE_MS);
    }
    await world.host('anthropic').setFault();
    await world.tick();
    world.skip(BATCH_MS);
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
    expect(bought(world, 'foundry')).toHaveLength(0);
  });

  it('without a limit for full price, its own error is the answer', async () => {
    const world = await start({ chain: ['anthropic', 'foundry'] });
    await world.host('anthropic').setFault({ kind: 'expired-credential' });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(2));
    await world.untilEnded();
    const results = await resultsOf(sdk, id);
    expect(tally(results)).toEqual({ errored: 2 });
    // Whose key was refused is the operator's affair.
    expect(JSON.stringify(results)).not.toMatch(/x-api-key|authentication/);
    expect(bought(world, 'foundry')).toHaveLength(0);
  });
});

describe('what a host had trouble with', () => {
  it('goes on by its custom_id, and nothing else does', async () => {
    const world = await start({
      chain: ['anthropic', 'foundry'],
      batches: PRICED,
      simulated: {
        anthropic: {
          batchTrouble: ({ messages }) => {
            const at = Number(/r(\d+)/.exec(JSON.stringify(messages))?.[1]);
            return at % 3 === 0 ? 'overloaded' : at % 3 === 1 ? 'expired' : undefined;
          },
        },
      },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(9));
    await world.untilEnded();
    const results = await resultsOf(sdk, id);
    expect(results.map(({ custom_id }) => custom_id)).toEqual(Array.from({ length: 9 }, (_, at) => `r${at}`));
    expect(tally(results)).toEqual({ succeeded: 9 });
    expect(made(world)).toHaveLength(1);
    expect([bought(world, 'anthropic'), bought(world, 'foundry')].flat()).toHaveLength(6);
  });

  it('a request that is wrong fails alone, wherever it is', async () => {
    const world = await start({ chain: ['anthropic', 'foundry'], batches: PRICED });
    const sdk = client(world);
    const wrong = ask('wrong', { messages: 'none' });
    const { id } = await sdk.messages.batches.create(batchOf(ask('a'), wrong, ask('b')));
    await world.host('anthropic').setFault({ kind: 'refused' });
    await world.untilEnded();
    expect((await resultsOf(sdk, id)).map(({ result }) => result.type)).toEqual(['succeeded', 'errored', 'succeeded']);
  });
});

describe('the owner’s limit', () => {
  it('is not exceeded: what it does not cover waits for the next day, and expires after one', async () => {
    const world = await start({ chain: ['anthropic', 'foundry'], batches: { fullPriceUsdPerDay: 0.02 } });
    await world.host('anthropic').setFault({ kind: 'refused' });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(60));
    await world.untilEnded(HOUR_MS / 2);
    const counts = tally(await resultsOf(sdk, id));
    expect(counts['succeeded']).toBeGreaterThan(0);
    expect(counts['expired']).toBe(60 - counts['succeeded']!);
    // An answer of this size costs more than a tenth of a cent where it is as long as it may be, and that is what is set aside for it.
    expect(bought(world, 'foundry').length).toBe(counts['succeeded']);
    expect(counts['succeeded']).toBeLessThan(60);
  });
});

describe('a host that is slow', () => {
  it('has its time, and then what it has not answered is taken back and goes on', async () => {
    const world = await start({
      chain: ['anthropic', 'foundry'],
      batches: { ...PRICED, patienceMs: HOUR_MS },
      simulated: { anthropic: { batchMs: 3 * HOUR_MS } },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(4));
    await world.untilEnded(HOUR_MS / 2);
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 4 });
    const cancelled = world.host('anthropic').requests.filter(({ path }) => path.endsWith('/cancel'));
    expect(cancelled).toHaveLength(1);
  });

  it('with nobody behind it, has until the batch expires', async () => {
    const world = await start({ chain: ['anthropic'], simulated: { anthropic: { batchMs: 48 * HOUR_MS } } });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(2));
    await world.untilEnded(HOUR_MS / 2);
    expect(tally(await resultsOf(sdk, id))).toEqual({ expired: 2 });
  });

  it('is not believed to be at work for ever when it is gone', async () => {
    const world = await start({ chain: ['anthropic', 'foundry'], batches: { ...PRICED, patienceMs: HOUR_MS } });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(2));
    await world.tick();
    await world.host('anthropic').setFault({ kind: 'refused' });
    await world.untilEnded(HOUR_MS / 2);
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 2 });
    expect(bought(world, 'foundry')).toHaveLength(2);
  });
});

describe('an answer that is lost', () => {
  it('of the creation: the batch is found at Anthropic, and not made again', async () => {
    const world = await start({ chain: ['anthropic', 'foundry'], batches: PRICED });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(3));
    await world.host('anthropic').setFault({ kind: 'cut', times: 1 });
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
    expect(made(world)).toHaveLength(1);
  });

  it('of the creation, beside somebody else’s batch of the same size: that one is let go again', async () => {
    const world = await start({ chain: ['anthropic'] });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(3));
    // Straight to Anthropic, in the same account and at the same time.
    const { url } = world.host('anthropic');
    const headers = { 'x-api-key': 'sk-ant-simulated-first-anthropic-key', 'anthropic-version': '2023-06-01' };
    await fetch(`${url}/v1/messages/batches`, { method: 'POST', headers, body: JSON.stringify(many(3)) });
    await world.host('anthropic').setFault({ kind: 'cut', times: 1 });
    await world.untilEnded();
    const results = await resultsOf(sdk, id);
    expect(tally(results)).toEqual({ succeeded: 3 });
    expect(made(world)).toHaveLength(2);
  });

  it('of the results: they are read again', async () => {
    const world = await start({ chain: ['anthropic'] });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(many(3));
    await world.tick();
    world.skip(BATCH_MS);
    await world.host('anthropic').setFault({ kind: 'cut', times: 2 });
    await world.untilEnded();
    expect(tally(await resultsOf(sdk, id))).toEqual({ succeeded: 3 });
  });
});
