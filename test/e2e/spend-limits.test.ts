import Anthropic, { RateLimitError } from '@anthropic-ai/sdk';
import { createHash } from 'node:crypto';
import { startHealthTable, type SimulatedTable } from '../../local/health-table/health-table';
import type { RouterConfig } from '../../lib/contract';
import { costUsd } from '../../lib/catalog/prices';
import { GATEWAY_KEY, MODEL, useGateway, type Setup, type TestGateway } from './harness';
import { BODY, expectCompleteStream, post, STREAMED } from './raw-client';
import { books, spentBy } from './spent';
import { until } from '../local/hosts/caller';
import { useWrittenLines } from './written-lines';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
let table: SimulatedTable;
beforeEach(async () => {
  table = await startHealthTable('health');
});
afterEach(() => table.close());
const startGateway = useGateway();

const CLIENTS = [
  { name: 'tester', keySha256: sha256(GATEWAY_KEY) },
  { name: 'other', keySha256: sha256('other key') },
] as const;
const start = (config: Partial<RouterConfig>, setup: Partial<Setup> = {}): Promise<TestGateway> =>
  startGateway({ chain: ['anthropic'], table, ...setup, config: { clients: CLIENTS, ...config } });
const as = (key: string, more: Record<string, string> = {}) => ({ headers: { 'x-api-key': key, ...more } });
const user = (name: string) => ({ headers: { 'x-failover-user': name } });
const usageIn = (json: unknown) => (json as { usage: Record<string, unknown> }).usage;
const micros = (json: unknown): number => Math.round(costUsd(MODEL, usageIn(json))! * 1e6);

describe('a team that has used up what it may spend', () => {
  it('hears so in the form of Anthropic until the window turns, and no host is asked', async () => {
    const gateway = await start({
      clients: [{ ...CLIENTS[0], spend: { monthly: 0.00001 } }, CLIENTS[1]],
      spend: { timeZone: 'Europe/Berlin' },
    });
    const refused = await post(gateway, BODY);
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({
      type: 'error',
      error: { type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } },
    });
    expect(refused.headers.get('x-should-retry')).toBe('false');
    const seconds = Number(refused.headers.get('retry-after'));
    const turns = new Date(Date.now() + seconds * 1000);
    const shown = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      day: 'numeric',
      hour: '2-digit',
    }).format(new Date(turns.getTime() + 30_000));
    expect(shown).toMatch(/^1, 00$/);
    expect((await post(gateway, BODY, as('other key'))).status).toBe(200);
  });

  it('hears it as the error of its own SDK, which does not try again', async () => {
    const gateway = await start({ spend: { perTeam: { daily: 0.00001 } } });
    const client = new Anthropic({ apiKey: GATEWAY_KEY, baseURL: gateway.url, maxRetries: 3 });
    const asked = client.messages.create({ model: MODEL, max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] });
    const error = await asked.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ errorCode: 'enforced_spend_limit_reached' });
    expect(gateway.counts()['anthropic']).toBeLessThanOrEqual(1);
  });

  it('is served again in the next window', async () => {
    const gateway = await start({ spend: { perTeam: { daily: 0.00001 } } });
    const refused = await post(gateway, BODY);
    expect(refused.status).toBe(429);
    const before = Object.keys(await books(table));
    gateway.skip(Number(refused.headers.get('retry-after')) * 1000);
    await post(gateway, BODY);
    expect(Object.keys(await books(table))).not.toEqual(before);
  });

  it("hears it in OpenAI's form at that door", async () => {
    const gateway = await start({ spend: { daily: 0.00001 } });
    const body = { model: MODEL, messages: [{ role: 'user', content: 'Hello' }] };
    const refused = await post(gateway, body, { path: '/v1/chat/completions' });
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ error: { message: expect.stringContaining('spend limit') } });
  });
});

describe('what is counted', () => {
  const spend = {
    daily: 1000,
    weekly: 2000,
    monthly: 5000,
    perTeam: { monthly: 100 },
    models: { [MODEL]: { daily: 50 } },
  };

  it('is what the host has said of tokens, once in each limit that a request falls under', async () => {
    const gateway = await start({ spend });
    const answer = await post(gateway, BODY);
    const cost = micros(answer.json);
    expect(cost).toBeGreaterThan(0);
    const entries = Object.entries(await books(table));
    expect(entries.map(([name]) => name.replace(/ .*/, '')).sort()).toEqual([
      'gateway|daily',
      'gateway|monthly',
      'gateway|weekly',
      `model#${MODEL}|daily`,
      'team#tester|monthly',
    ]);
    for (const [, counted] of entries) expect(counted).toEqual({ spent: cost, held: 0 });
    expectCompleteStream(await post(gateway, STREAMED));
    expect(await spentBy(table, 'gateway', 'daily')).toBe(2 * cost);
  });

  it('is not what was only asked for: a count of tokens, a model that there is not, a request that is wrong', async () => {
    const gateway = await start({ spend });
    await post(gateway, BODY, { path: '/v1/messages/count_tokens' });
    await post(gateway, { ...BODY, model: 'no-such-model' });
    await post(gateway, { ...BODY, messages: 'none' });
    const all = Object.values(await books(table));
    expect(all.every(({ spent, held }) => spent === 0 && held === 0)).toBe(true);
  });

  it('is every attempt of a failover that a host has told tokens of', async () => {
    const gateway = await start({ spend }, { chain: ['anthropic', 'bedrock'] });
    await gateway.host('anthropic').setFault({ kind: 'error-in-stream', afterEvents: 1 });
    const answer = await post(gateway, BODY);
    expect(answer.status).toBe(200);
    const { input_tokens: input } = usageIn(answer.json);
    const spent = await spentBy(table, 'gateway', 'daily');
    const prompt = costUsd(MODEL, { input_tokens: input })! * 1e6;
    expect(spent - micros(answer.json)).toBeGreaterThanOrEqual(prompt);
    expect(spent - micros(answer.json)).toBeLessThan(prompt + 500);
  });

  it('is no attempt of which no host has said anything', async () => {
    const gateway = await start({ spend }, { chain: ['anthropic', 'bedrock'] });
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    const answer = await post(gateway, BODY);
    expect(await spentBy(table, 'gateway', 'daily')).toBe(micros(answer.json));
  });

  it('is, of a stream that is cut, the prompt and what has been delivered', async () => {
    const gateway = await start({ spend });
    await gateway.host('anthropic').setFault({ kind: 'cut' });
    const answer = await post(gateway, STREAMED);
    expect(answer.events.at(-1)?.event).toBe('error');
    const { message } = answer.events[0]!.data as unknown as { message: { usage: Record<string, unknown> } };
    const told = costUsd(MODEL, message.usage)! * 1e6;
    const letters = answer.events.reduce(
      (sum, { data }) => sum + (((data['delta'] ?? {}) as { text?: string }).text?.length ?? 0),
      0,
    );
    const spent = await spentBy(table, 'gateway', 'daily');
    expect(letters).toBeGreaterThan(10);
    expect(spent).toBeGreaterThanOrEqual(told);
    expect(spent).toBeLessThan(told + 20 * letters);
    expect(Object.values(await books(table)).every(({ held }) => held === 0)).toBe(true);
  });

  it('is what a client has had that leaves in the middle', async () => {
    const gateway = await start({ spend }, { deltaDelayMs: 30 });
    const gone = new AbortController();
    const asked = post(gateway, STREAMED, { signal: gone.signal }).catch(() => undefined);
    setTimeout(() => gone.abort(), 120);
    await asked;
    await new Promise((resolve) => setTimeout(resolve, 150));
    const all = Object.values(await books(table));
    expect(all.every(({ held }) => held === 0)).toBe(true);
    expect(await spentBy(table, 'gateway', 'daily')).toBeGreaterThan(0);
  });
});

describe('users of a team', () => {
  const tiny = { perUser: { daily: 0.00001 } };

  it('have each their own, whether a header names them or the body does', async () => {
    const gateway = await start({ spend: { perUser: { daily: 100 } } });
    await post(gateway, BODY, user('ann'));
    await post(gateway, { ...BODY, metadata: { user_id: 'ann' } });
    await post(gateway, { ...BODY, metadata: { user_id: 'ann' } }, user('bob'));
    await post(gateway, BODY, as('other key', { 'x-failover-user': 'ann' }));
    const counts = Object.entries(await books(table)).map(([name, { spent }]) => [name.slice(0, 12), spent]);
    expect(counts).toHaveLength(3);
    expect(new Set(counts.map(([, spent]) => spent)).size).toBe(2);
    expect(counts.filter(([name]) => String(name).startsWith('user#other'))).toHaveLength(1);
  });

  it('who are not named are one user, so that leaving the name out is no way around the limit', async () => {
    const gateway = await start({ spend: tiny });
    expect((await post(gateway, BODY)).status).toBe(429);
    expect((await post(gateway, BODY, user('ann'))).status).toBe(429);
  });

  it('of Claude Code are the same in each of their sessions', async () => {
    const gateway = await start({ spend: { perUser: { daily: 100 } } });
    const of = (user_id: string) => post(gateway, { ...BODY, metadata: { user_id } });
    await of('user_ab12_account_c0ffee_session_11111111-2222');
    await of('user_ab12_account_c0ffee_session_33333333-4444');
    await of(JSON.stringify({ device_id: 'd', account_uuid: 'a', session_id: 's1' }));
    await of(JSON.stringify({ device_id: 'd', account_uuid: 'a', session_id: 's2' }));
    expect(Object.keys(await books(table))).toHaveLength(2);
  });

  it('stand nowhere by their names: neither at a host nor in the table', async () => {
    const gateway = await start({ spend: { perUser: { daily: 100 } } });
    await post(gateway, BODY, user('ann@example.com'));
    expect(JSON.stringify(gateway.calls('anthropic'))).not.toContain('ann@example.com');
    expect(JSON.stringify(await books(table))).not.toContain('ann');
  });

  describe('in the log', () => {
    const { logged } = useWrittenLines();
    const seen = async (spend: RouterConfig['spend']): Promise<unknown> => {
      const gateway = await start({ spend, telemetry: {} });
      await post(gateway, BODY, user('ann'));
      await until(() => logged('request').length > 0, 'a record');
      return logged('request')[0]!['user'];
    };

    it('are the digest that the table has, so that a report can add up by user', async () => {
      const digest = await seen({ perUser: { daily: 100 } });
      expect(digest).toBe(`~${sha256('tester\nann').slice(0, 32)}`);
      expect(await spentBy(table, `user#tester#${String(digest)}`, 'daily')).toBeGreaterThan(0);
    });

    it('are not there where nothing that they spend is limited', async () => {
      expect(await seen({ daily: 100 })).toBeUndefined();
    });
  });

  it('cannot be named by nothing', async () => {
    const gateway = await start({ spend: { perUser: { daily: 100 } } });
    expect((await post(gateway, BODY, user('x'.repeat(300)))).status).toBe(400);
  });
});

describe('a table that does not answer', () => {
  const { metric } = useWrittenLines();

  it.each(['hang', 'server-error'] as const)('lets requests go on, and says so: %s', async (fault) => {
    const gateway = await start({ spend: { daily: 100 }, telemetry: {} });
    await table.setFault(fault);
    expect((await post(gateway, BODY)).status).toBe(200);
    expect(metric('SpendUnchecked')).toHaveLength(1);
    await table.setFault();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await post(gateway, BODY);
    expect(await spentBy(table, 'gateway', 'daily')).toBe(2 * micros((await post(gateway, BODY)).json));
  });

  it('lets none go on where the policy says so, with an error that may be tried again', async () => {
    const gateway = await start({ spend: { daily: 100, tableDown: 'closed' } });
    await table.setFault('server-error');
    const refused = await post(gateway, BODY);
    expect(refused.status).toBe(503);
    expect(refused.json).toMatchObject({ type: 'error', error: { type: 'api_error' } });
    expect(refused.headers.get('x-should-retry')).toBe('true');
    await table.setFault();
  });

  it('keeps nobody waiting whose limit is far away', async () => {
    const gateway = await start({ spend: { daily: 100, tableDown: 'closed' } });
    await post(gateway, BODY);
    await books(table);
    await table.setFault('hang');
    expect((await post(gateway, BODY)).status).toBe(200);
    await table.setFault();
  });
});

describe('of a limit of which most is used up', () => {
  const { metric } = useWrittenLines();

  it('somebody is told, once', async () => {
    const gateway = await start({ spend: { daily: 0.0009 }, telemetry: {} });
    for (let count = 0; count < 6; count += 1) await post(gateway, { ...BODY, max_tokens: 20 });
    await books(table);
    expect(metric('SpendNotices')).toEqual([expect.objectContaining({ limit: 'gateway daily' })]);
    expect(metric('SpendRefused').length).toBeGreaterThan(0);
  });
});
