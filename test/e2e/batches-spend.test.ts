import Anthropic from '@anthropic-ai/sdk';
import type { MessageBatchIndividualResponse } from '@anthropic-ai/sdk/resources/messages/batches';
import type { RouterConfig } from '../../lib/contract';
import { costUsd } from '../../lib/catalog/prices';
import { startHealthTable, type SimulatedTable } from '../../local/health-table/health-table';
import { GATEWAY_KEY, MODEL, useGateway, type Setup, type TestGateway } from './harness';
import { books, spentBy } from './spent';

let table: SimulatedTable;
beforeEach(async () => {
  table = await startHealthTable('health');
});
afterEach(() => table.close());
const startGateway = useGateway();
const start = (spend: RouterConfig['spend'], setup: Partial<Setup> = {}): Promise<TestGateway> =>
  startGateway({ chain: ['anthropic'], table, ...setup, config: { stateful: true, spend, ...setup.config } });

const HAIKU = 'claude-haiku-4-5-20251001';
const HEADERS = { 'x-api-key': GATEWAY_KEY, 'anthropic-version': '2023-06-01' };
const ask = (custom_id: string, params: object = {}) => ({
  custom_id,
  params: { model: MODEL, max_tokens: 50, messages: [{ role: 'user' as const, content: 'Hello' }], ...params },
});
const many = (count: number) => ({ requests: Array.from({ length: count }, (_, at) => ask(`r${at}`)) });
const client = ({ url }: TestGateway) => new Anthropic({ baseURL: url, apiKey: GATEWAY_KEY, maxRetries: 0 });
const settled = async (): Promise<boolean> =>
  Object.values(await books(table)).every(({ spent, held }) => spent >= 0 && held === 0);

async function untilEnded(gateway: TestGateway, id: string): Promise<void> {
  const { batches } = client(gateway).messages;
  while ((await batches.retrieve(id)).processing_status !== 'ended') await new Promise((done) => setTimeout(done, 50));
}

/** By its path: the address that a batch names has the front door's stage in it. */
async function resultsOf({ url }: TestGateway, id: string): Promise<MessageBatchIndividualResponse[]> {
  const answer = await fetch(`${url}/v1/messages/batches/${id}/results`, { headers: HEADERS });
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as MessageBatchIndividualResponse);
}

const cost = (model: string, results: readonly MessageBatchIndividualResponse[]): number =>
  results.reduce((sum, { result }) => {
    if (result.type !== 'succeeded' || !model.startsWith(result.message.model)) return sum;
    return sum + Math.round(Math.round(costUsd(model, { ...result.message.usage })! * 1e6) / 2);
  }, 0);

describe('a batch that goes to Anthropic as it came', () => {
  it('is refused where a limit has no room for all of it, and Anthropic has no such batch', async () => {
    const gateway = await start({ perTeam: { daily: 0.05 } });
    const sdk = client(gateway);
    await expect(sdk.messages.batches.create(many(200))).rejects.toMatchObject({
      status: 429,
      errorCode: 'enforced_spend_limit_reached',
    });
    expect((await sdk.messages.batches.list()).data).toEqual([]);
    expect(await settled()).toBe(true);
    await sdk.messages.batches.create(many(2));
    expect((await sdk.messages.batches.list()).data).toHaveLength(1);
  });

  it('is spent when it is made, so that many small ones are no way around a limit', async () => {
    const gateway = await start({ perTeam: { daily: 0.01 } });
    let made = 0;
    const all = async (): Promise<void> => {
      for (; made < 1000; made += 1) await client(gateway).messages.batches.create(many(1));
    };
    await expect(all()).rejects.toMatchObject({ status: 429 });
    expect(made).toBeGreaterThan(1);
    expect(await spentBy(table, 'team#tester', 'daily')).toBeLessThanOrEqual(10_000);
  });

  it('costs what its results say, half the list price, from when they are read the first time', async () => {
    const gateway = await start({ daily: 1000, models: { [HAIKU]: { daily: 100 } } });
    const requests = [ask('one'), ask('two', { model: HAIKU }), ask('wrong', { max_tokens: -1 })];
    const { id } = await client(gateway).messages.batches.create({ requests });
    const estimated = await spentBy(table, 'gateway', 'daily');
    await untilEnded(gateway, id);
    const results = await resultsOf(gateway, id);
    const [opus, haiku] = [cost(MODEL, results), cost(HAIKU, results)];
    expect(estimated).not.toBe(opus + haiku);
    expect(await spentBy(table, 'gateway', 'daily')).toBe(opus + haiku);
    expect(await spentBy(table, `model#${HAIKU}`, 'daily')).toBe(haiku);
    await Promise.all([resultsOf(gateway, id), resultsOf(gateway, id)]);
    expect(await spentBy(table, 'gateway', 'daily')).toBe(opus + haiku);
    expect(await settled()).toBe(true);
  });

  it('costs nothing that Anthropic has refused, or has never heard of', async () => {
    const gateway = await start({ daily: 1000 });
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    await expect(client(gateway).messages.batches.create(many(3))).rejects.toMatchObject({ status: 529 });
    await gateway.host('anthropic').setFault({ kind: 'refused' });
    await expect(client(gateway).messages.batches.create(many(3))).rejects.toMatchObject({ status: 529 });
    expect(Object.values(await books(table)).every(({ spent, held }) => spent === 0 && held === 0)).toBe(true);
  });

  it.each(['reset', 'hang'] as const)(
    'stays at its estimate where nobody heard whether there is one: %s',
    async (kind) => {
      const gateway = await start({ daily: 1000 });
      await gateway.host('anthropic').setFault({ kind });
      const headers = { 'x-failover-budget': '1500' };
      await expect(client(gateway).messages.batches.create(many(3), { headers })).rejects.toMatchObject({
        status: kind === 'reset' ? 529 : 504,
      });
      expect(await spentBy(table, 'gateway', 'daily')).toBeGreaterThan(0);
      expect(await settled()).toBe(true);
    },
  );

  it('goes up in parts, of which the last waits until there is room for all of it', async () => {
    const gateway = await start({ daily: 0.0001 });
    const text = JSON.stringify(many(5));
    const parts = [text.slice(0, 100), text.slice(100), '\n'];
    const body = new ReadableStream({
      async pull(controller) {
        const part = parts.shift();
        if (part === undefined) return controller.close();
        await new Promise((done) => setTimeout(done, 20));
        controller.enqueue(new TextEncoder().encode(part));
      },
    });
    const headers = { ...HEADERS, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const answer = await fetch(`${gateway.url}/v1/messages/batches`, request);
    expect(answer.status).toBe(429);
    expect((await client(gateway).messages.batches.list()).data).toEqual([]);
    expect(await settled()).toBe(true);
  });

  it('stays at its estimate for who does not read its results to their end', async () => {
    const gateway = await start({ daily: 1000 });
    const { id } = await client(gateway).messages.batches.create(many(2000));
    const estimated = await spentBy(table, 'gateway', 'daily');
    await untilEnded(gateway, id);
    const { body } = await fetch(`${gateway.url}/v1/messages/batches/${id}/results`, { headers: HEADERS });
    const reader = body!.getReader();
    await reader.read();
    await reader.cancel();
    expect(await spentBy(table, 'gateway', 'daily')).toBe(estimated);
    await resultsOf(gateway, id);
    expect(await spentBy(table, 'gateway', 'daily')).not.toBe(estimated);
  });

  it('files and all else that is kept at Anthropic cost nothing', async () => {
    const gateway = await start({ daily: 1000 });
    const headers = { ...HEADERS, 'anthropic-beta': 'files-api-2025-04-14' };
    expect((await fetch(`${gateway.url}/v1/files`, { headers })).status).toBe(200);
    await client(gateway).messages.batches.list();
    expect(Object.keys(await books(table))).toEqual([]);
  });
});
