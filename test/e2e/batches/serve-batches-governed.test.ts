import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { ENV } from '../../../lib/contract';
import { openServer } from '../../../local/loopback/open-server';
import { type BatchWorld, HOUR_MS, MINUTE_MS, useWorld } from './world';
import { ask, batchOf, client, resultsOf, tally } from './sdk';

const start = useWorld();

describe('what stands in for an answer', () => {
  const PRICED = { fullPriceUsdPerDay: 100 };
  const batch = () => batchOf(ask('one', { max_tokens: 1000 }), ask('two', { max_tokens: 1000 }));
  const minutes = async (world: BatchWorld) => {
    for (let minute = 0; minute < 3; minute += 1) {
      await world.tick();
      world.skip(MINUTE_MS);
    }
  };

  it('is none of a batch: where the owner has words for an outage, its requests wait for a host', async () => {
    const world = await start({
      chain: ['foundry'],
      batches: PRICED,
      route: { message: 'We are down.' },
      config: { steering: ['last-resort'] },
    });
    await world.host('foundry').setFault({ kind: 'overloaded' });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(batch());
    await minutes(world);
    expect(await sdk.messages.batches.retrieve(id)).toMatchObject({ processing_status: 'in_progress' });
    await world.host('foundry').setFault();
    await world.untilEnded();
    const results = await resultsOf(sdk, id);
    expect(tally(results)).toEqual({ succeeded: 2 });
    expect(JSON.stringify(results)).not.toContain('We are down');
  });

  it('nor is an answer that is too old; one that is young enough is, and takes nothing of the day’s money', async () => {
    const world = await start({
      chain: ['foundry'],
      batches: { fullPriceUsdPerDay: 0.053 },
      route: { cache: { ttlSeconds: 3600, staleSeconds: 100_000 } },
      env: { [ENV.CACHE_TABLE]: 'batches' },
    });
    const sdk = client(world);
    const ended = async () => {
      const { id } = await sdk.messages.batches.create(batch());
      await world.untilEnded();
      return (await resultsOf(sdk, id)).map(({ result }) => result);
    };
    const first = await ended();
    for (let count = 0; count < 10; count += 1) expect(await ended()).toEqual(first);
    expect(world.host('foundry').requests).toHaveLength(2);
    world.skip(2 * HOUR_MS);
    await world.host('foundry').setFault({ kind: 'overloaded' });
    const { id } = await sdk.messages.batches.create(batch());
    await minutes(world);
    expect(await sdk.messages.batches.retrieve(id)).toMatchObject({ processing_status: 'in_progress' });
  });
});

describe('a client with a guardrail', () => {
  const policies = { red: { guardrail: { id: 'abc123', version: '7', region: 'eu-central-1' } } };

  it('has batches only through the chain, where the guardrail looks at each request', async () => {
    const bedrock = await openServer(
      createServer((request, response) => {
        void json(request).then((asked) => {
          const isBad = JSON.stringify(asked).includes('bad');
          const said = {
            action: isBad ? 'GUARDRAIL_INTERVENED' : 'NONE',
            outputs: isBad ? [{ text: 'Not here.' }] : [],
          };
          response
            .writeHead(200, { 'content-type': 'application/json', connection: 'close' })
            .end(JSON.stringify(said));
        });
      }),
    );
    const world = await start({
      chain: ['anthropic'],
      batches: { fullPriceUsdPerDay: 100 },
      policies,
      env: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url },
    });
    const sdk = client(world);
    const { id } = await sdk.messages.batches.create(batchOf(ask('good'), ask('bad')));
    await world.untilEnded();
    const results = await resultsOf(sdk, id);
    expect(results.map(({ custom_id, result }) => [custom_id, result])).toMatchObject([
      ['good', { type: 'succeeded', message: { stop_reason: 'max_tokens' } }],
      ['bad', { type: 'succeeded', message: { stop_reason: 'refusal', content: [{ text: 'Not here.' }] } }],
    ]);
    expect(world.host('anthropic').requests.map(({ path }) => path)).toEqual(['/v1/messages']);
    await bedrock.close();
  });

  it('has none where nothing may be spent on the chain', async () => {
    const world = await start({ chain: ['anthropic'], policies });
    await expect(client(world).messages.batches.create(batchOf(ask('one')))).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('guardrail'),
    });
  });
});
