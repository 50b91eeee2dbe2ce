import { METRICS } from '../../../lib/contract';
import { until } from '../../local/hosts/caller';
import { IMPATIENT, type Setup } from '../harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED, textOf } from '../raw-client';
import { useWrittenLines } from '../written-lines';
import { useCache } from './caching';

const start = useCache();
const { logged, sum } = useWrittenLines();
const status = ({ headers }: { headers: Headers }) => headers.get('x-failover-cache');
const SETUP: Partial<Setup> = { config: { telemetry: { logs: true, metrics: true } } };

describe('an answer that is too old', () => {
  test('is given when every host has failed, as such, and no longer than the route lets it be', async () => {
    const gateway = await start({ ttlSeconds: 60, staleSeconds: 3600 }, SETUP);
    const first = await post(gateway, BODY);
    await gateway.kept(1);
    gateway.skip(100_000);
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    const stale = await post(gateway, BODY);
    expect([stale.status, stale.json]).toEqual([200, first.json]);
    expect(status(stale)).toBe('stale');
    expect(stale.headers.get('x-failover-stale')).toMatch(/^10\d$/);
    expect(stale.headers.get('age')).toBe(stale.headers.get('x-failover-stale'));
    expect(failoverHeaders(stale).host).toBe('cache');
    const streamed = await post(gateway, STREAMED).catch((error: unknown) => error);
    expect(String(streamed)).toMatch(/not an event: : x-failover-stale: 10\d/);
    expect(sum(METRICS.staleAnswers)).toBe(2);
    gateway.skip(3_600_000);
    expect((await post(gateway, BODY)).status).toBe(529);
  });

  test('is not given without the owner’s consent, nor to who wants a new one', async () => {
    const without = await start({ ttlSeconds: 60 });
    const having = await start({ ttlSeconds: 60, staleSeconds: 3600 });
    for (const gateway of [without, having]) {
      await post(gateway, BODY);
      await gateway.kept(1);
      gateway.skip(100_000);
      await gateway.host('anthropic').setFault({ kind: 'server-error' });
    }
    expect((await post(without, BODY)).status).toBe(500);
    for (const wish of ['bypass', 'refresh']) {
      expect((await post(having, BODY, { headers: { 'x-failover-cache': wish } })).status).toBe(500);
    }
  });

  test('is no way around what is wrong with the request', async () => {
    const gateway = await start({ ttlSeconds: 60, staleSeconds: 3600 });
    await post(gateway, BODY);
    await gateway.kept(1);
    gateway.skip(100_000);
    await gateway.host('anthropic').setFault({ kind: 'prompt-too-long' });
    expect((await post(gateway, BODY)).status).toBe(400);
  });

  test('comes before the owner’s message, and after every other model', async () => {
    const gateway = await start(
      { ttlSeconds: 60, staleSeconds: 3600 },
      {
        chain: ['anthropic', 'openai'],
        route: { chain: ['anthropic'], lastResort: [{ host: 'openai', model: 'gpt-5.2' }], message: 'Back soon.' },
        config: { steering: ['last-resort'] },
      },
    );
    const first = await post(gateway, BODY);
    await gateway.kept(1);
    gateway.skip(100_000);
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    expect((await post(gateway, BODY)).headers.get('x-failover-model')).toBe('gpt-5.2');
    await gateway.host('openai').setFault({ kind: 'server-error' });
    expect(textOf(await post(gateway, BODY))).toBe(textOf(first));
  });
});

describe.each(['refused', 'hang', 'throttled', 'server-error'] as const)('a table that is broken: %s', (fault) => {
  test('is as none at all, and is not waited for again at once', async () => {
    const gateway = await start({ staleSeconds: 60 }, SETUP);
    await gateway.table.setFault(fault);
    expect((await post(gateway, BODY)).status).toBe(200);
    expectCompleteStream(await post(gateway, STREAMED));
    expect(gateway.counts()).toEqual({ anthropic: 2 });
    await until(() => sum(METRICS.responseCacheFailures) > 0, 'it is told');
    expect(logged('response cache')[0]?.['problem']).not.toBe('');
    await gateway.table.setFault();
    gateway.skip(10_000);
    await post(gateway, BODY);
    await gateway.kept(1);
    expect(status(await post(gateway, BODY))).toBe('hit');
  });
});

test('a hit costs nothing, is no failover, and is told in the log and as a metric', async () => {
  const gateway = await start({}, SETUP);
  await post(gateway, BODY);
  await gateway.kept(1);
  await post(gateway, BODY);
  await post(gateway, STREAMED);
  await until(() => logged('request').length === 3, 'all is written');
  const [miss, ...hits] = logged('request');
  expect(miss).toMatchObject({ cache: 'miss', host: 'anthropic' });
  for (const hit of hits) {
    expect(hit).toMatchObject({
      cache: 'hit',
      host: 'cache',
      costUsd: 0,
      attempts: 0,
      isFailover: false,
      usage: miss?.['usage'],
    });
    expect(hit).not.toHaveProperty('tokens');
  }
  expect(sum('ResponseCacheHits')).toBe(2);
  expect(sum('Cost')).toBe(miss?.['costUsd']);
  expect(sum('Failovers')).toBe(0);
});

test('while hosts hang and the client is kept by pings, the old answer still comes', async () => {
  const gateway = await start(
    { ttlSeconds: 60, staleSeconds: 3600 },
    { hosts: { anthropic: { timeouts: IMPATIENT } }, route: { budget: { pingAfterMs: 50 } } },
  );
  const first = await post(gateway, BODY);
  await gateway.kept(1);
  gateway.skip(100_000);
  await gateway.host('anthropic').setFault({ kind: 'hang' });
  const streamed = await post(gateway, STREAMED).catch((error: unknown) => error);
  expect(String(streamed)).toContain(': x-failover-stale: 10');
  expect(textOf(first)).not.toBe('');
});
