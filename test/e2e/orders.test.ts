import { createHealthStore } from '../../lambda/gateway/state/health-store';
import { startHealthTable } from '../../local/health-table/health-table';
import { useGateway, type TestGateway } from './harness';
import { ENV } from './host-setups';
import { BODY, post } from './raw-client';

const start = useGateway();
const CHAIN = ['anthropic', 'bedrock'] as const;

/** A turn of a conversation: the first, or one that follows. */
const turn = (name: string, hasBegun = false): object => ({
  ...BODY,
  stream: true,
  messages: [
    { role: 'user', content: `conversation ${name}` },
    ...(hasBegun
      ? [
          { role: 'assistant', content: 'Yes?' },
          { role: 'user', content: 'Go on.' },
        ]
      : []),
  ],
});

async function hostOf(gateway: TestGateway, body: object, headers: Record<string, string> = {}): Promise<string> {
  return (await post(gateway, body, { headers })).headers.get('x-failover-host') ?? '';
}

async function shares(gateway: TestGateway, times: number, from: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = { anthropic: 0, bedrock: 0 };
  for (let each = from; each < from + times; each += 1) counts[await hostOf(gateway, turn(`${each}`))]! += 1;
  return counts;
}

test('weights give each host its share, turn by turn, and a host that is down has none', async () => {
  const gateway = await start({
    chain: [...CHAIN],
    route: { order: { weights: { anthropic: 30, bedrock: 70 } } },
  });
  const names = Array.from({ length: 60 }, (_, index) => `${index}`);
  const first = await Promise.all(names.map((name) => hostOf(gateway, turn(name))));
  const second = await Promise.all(names.map((name) => hostOf(gateway, turn(name, true))));
  expect(second).toEqual(first);
  const atBedrock = first.filter((host) => host === 'bedrock').length;
  expect(atBedrock).toBeGreaterThan(30);
  expect(atBedrock).toBeLessThan(54);
  await gateway.host('bedrock').setFault({ kind: 'refused' });
  expect(new Set(await Promise.all(names.map((name) => hostOf(gateway, turn(name)))))).toEqual(new Set(['anthropic']));
});

test('steering beats an order', async () => {
  const gateway = await start({ chain: [...CHAIN], route: { order: { weights: { bedrock: 100 } } } });
  expect(await hostOf(gateway, turn('a'))).toBe('bedrock');
  expect(await hostOf(gateway, turn('a'), { 'x-failover-only': 'anthropic' })).toBe('anthropic');
  expect(await hostOf(gateway, turn('a'), { 'x-failover-chain': 'anthropic, bedrock' })).toBe('anthropic');
  expect(await hostOf(gateway, turn('a'), { 'x-failover-skip': 'bedrock' })).toBe('anthropic');
});

test('the cheapest is the one with the discount, and counts of tokens go there too', async () => {
  const gateway = await start({
    chain: [...CHAIN],
    route: { order: { cheapest: { priceFactors: { bedrock: 0.85 } } } },
  });
  expect(await hostOf(gateway, turn('a'))).toBe('bedrock');
  const { stream: _, ...count } = turn('a') as Record<string, unknown>;
  const counted = await post(gateway, count, { path: '/v1/messages/count_tokens' });
  expect(counted.headers.get('x-failover-host')).toBe('bedrock');
});

test('the fastest is left when it becomes slow, what has begun there stays, and others are told by the table', async () => {
  const table = await startHealthTable('health');
  const setup = { chain: [...CHAIN], route: { order: 'fastest', trickle: 0.2 }, table } as const;
  const gateway = await start({ ...setup, chain: [...CHAIN] });
  expect(await hostOf(gateway, turn('old'))).toBe('anthropic');
  await shares(gateway, 60, 0);
  await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 200 });
  for (let round = 1; round <= 4; round += 1) {
    await shares(gateway, 12, round * 100);
    gateway.skip(16_000);
  }
  const after = await shares(gateway, 30, 1000);
  expect(after['bedrock']).toBeGreaterThan(20);
  expect(await hostOf(gateway, turn('old', true))).toBe('anthropic');
  const store = createHealthStore(table.name, { ...ENV, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint });
  const told = (await store.read()).flatMap((entry) =>
    entry.type === 'figure' ? [`${entry.name} ${entry.host}`] : [],
  );
  expect(told.sort()).toEqual(['first-content anthropic', 'first-content bedrock']);
  await table.close();
});

test('the fastest is known by whole answers too, whose hosts stream them', async () => {
  const gateway = await start({ chain: [...CHAIN], route: { order: 'fastest', trickle: 0.5 } });
  await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 200 });
  const ask = (names: string, times: number) =>
    Promise.all(
      Array.from({ length: times }, (_, each) => hostOf(gateway, { ...turn(`${names} ${each}`), stream: false })),
    );
  await ask('sample', 40);
  const after = await ask('later', 20);
  expect(after.filter((host) => host === 'bedrock').length).toBeGreaterThan(12);
});

test('where no route has an order, nothing is told of figures', async () => {
  const table = await startHealthTable('health');
  const gateway = await start({ chain: [...CHAIN], table });
  await shares(gateway, 10, 0);
  const store = createHealthStore(table.name, { ...ENV, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint });
  expect(await store.read()).toEqual([]);
  await table.close();
});
