import Anthropic, { BadRequestError, NotFoundError, PermissionDeniedError } from '@anthropic-ai/sdk';
import { createHash } from 'node:crypto';
import { startHealthTable, type SimulatedTable } from '../../local/health-table/health-table';
import type { RouterConfig } from '../../lib/contract';
import { costUsd } from '../../lib/catalog/prices';
import { GATEWAY_KEY, MODEL, useGateway, type TestGateway } from './harness';
import { BODY, call, post } from './raw-client';
import { books } from './spent';
import { useWrittenLines } from './written-lines';

let table: SimulatedTable;
beforeEach(async () => {
  table = await startHealthTable('health');
});
afterEach(() => table.close());
const startGateway = useGateway();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const OPERATOR = 'simulated-operator-key';
const CLIENTS = [
  { name: 'tester', keySha256: sha256(GATEWAY_KEY), spend: { monthly: 500, users: { ann: { daily: 2 } } } },
  { name: 'finance', keySha256: sha256(OPERATOR), operator: true },
] as const;
const start = (config: Partial<RouterConfig> = {}, beside?: TestGateway): Promise<TestGateway> =>
  startGateway({
    chain: ['anthropic'],
    table,
    ...(beside && { beside }),
    config: { clients: CLIENTS, spend: { monthly: 1000, perUser: { daily: 5 } }, ...config },
  });
const operator = ({ url }: TestGateway, apiKey = OPERATOR): Anthropic =>
  new Anthropic({ apiKey, baseURL: url, maxRetries: 0 });
const team = { type: 'workspace', workspace_id: 'tester' } as const;
const ann = { type: 'user', user_id: 'tester/ann' } as const;

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}

describe("an operator, by the methods of Anthropic's own SDK", () => {
  it('sets a limit, finds it, changes it, and takes it away', async () => {
    const { spendLimits } = operator(await start()).beta.organization;
    const made = await spendLimits.set({ amount: '50000', scope: team });
    expect(made).toMatchObject({
      type: 'spend_limit',
      amount: '50000',
      currency: 'USD',
      period: 'monthly',
      scope: team,
      is_enabled: true,
    });
    expect(made.id).toMatch(/^spl_/);
    expect(await spendLimits.retrieve(made.id)).toEqual(made);
    const changed = await spendLimits.set({ amount: '70000', scope: team, period: 'monthly' });
    expect(changed).toMatchObject({ id: made.id, amount: '70000', created_at: made.created_at });
    const listed = await all(spendLimits.list({ scope_type: ['workspace'], workspace_id: 'tester', limit: 1 }));
    expect(listed.map(({ amount }) => amount)).toEqual(['50000', '70000']);
    expect(await spendLimits.delete(made.id)).toEqual({ id: made.id, type: 'spend_limit_deleted' });
    await expect(spendLimits.retrieve(made.id)).rejects.toThrow(NotFoundError);
  });

  it('sees the limits of the configuration, and cannot take them away', async () => {
    const { spendLimits } = operator(await start()).beta.organization;
    const listed = await all(spendLimits.list());
    expect(listed.map(({ scope, amount, period }) => [scope.type, amount, period])).toEqual([
      ['organization', '100000', 'monthly'],
      ['user', '500', 'daily'],
      ['workspace', '50000', 'monthly'],
      ['user', '200', 'daily'],
    ]);
    await expect(spendLimits.delete(listed[0]!.id)).rejects.toThrow(BadRequestError);
  });

  it('sees what is left of each limit, and what has been spent since its window began', async () => {
    const gateway = await start();
    const answer = await post(gateway, BODY, { headers: { 'x-failover-user': 'ann' } });
    await post(gateway, BODY, { headers: { 'x-failover-user': 'someone' } });
    await books(table);
    const { usage } = answer.json as { usage: Record<string, unknown> };
    const cents = (requests: number) =>
      String(Math.round(requests * Math.round(costUsd(MODEL, usage)! * 1e6) * 0.1) / 1000);
    const { effective } = operator(gateway).organization.spendLimits;
    const rows = await all(effective.list({ limit: 2 }));
    const shown = rows.map(({ actor, amount, period, period_to_date_spend: spent, source }) => [
      actor.type === 'user_actor' ? actor.user_id.replace(/~.*/, '~') : actor.scoped_api_key_id,
      amount,
      period,
      spent,
      source.type,
    ]);
    expect(shown.sort()).toEqual(
      [
        ['gateway', '100000', 'monthly', cents(2), 'organization'],
        ['tester', '50000', 'monthly', cents(2), 'workspace'],
        ['tester/ann', '200', 'daily', cents(1), 'user'],
        ['tester/~', '500', 'daily', cents(1), 'organization'],
      ].sort(),
    );
    expect(await all(effective.list({ user_ids: ['tester/ann'], period: ['daily'] }))).toHaveLength(1);
    expect(await all(effective.list({ period: ['weekly'] }))).toHaveLength(0);
  });

  it('holds back all processes within seconds, beside what the configuration says', async () => {
    const gateway = await start();
    const beside = await start({}, gateway);
    expect((await post(beside, BODY)).status).toBe(200);
    const made = await operator(gateway).beta.organization.spendLimits.set({
      amount: '0',
      scope: team,
      period: 'daily',
    });
    expect((await post(gateway, BODY)).status).toBe(429);
    beside.skip(5000);
    await post(beside, BODY);
    await books(table);
    expect((await post(beside, BODY)).status).toBe(429);
    await operator(gateway).beta.organization.spendLimits.delete(made.id);
    expect((await post(gateway, BODY)).status).toBe(200);
  });

  describe('with a limit of nothing', () => {
    const { metric } = useWrittenLines();

    it('refuses all of it, and tells nobody how much of nothing is used up', async () => {
      const gateway = await start({ telemetry: {} });
      await operator(gateway).beta.organization.spendLimits.set({ amount: '0', scope: team, period: 'daily' });
      // A process that has just started asks the table.
      const beside = await start({ telemetry: {} }, gateway);
      expect((await post(beside, BODY)).status).toBe(429);
      await books(table);
      expect(metric('SpendRefused').length).toBeGreaterThan(0);
      expect(metric('SpendNotices')).toEqual([]);
    });
  });

  it('cannot loosen what the configuration says', async () => {
    const gateway = await start({ spend: { perUser: { daily: 0.00001 } } });
    const { spendLimits } = operator(gateway).beta.organization;
    await spendLimits.set({ amount: '999999', scope: { type: 'user', user_id: 'tester/bob' }, period: 'daily' });
    await spendLimits.set({ amount: null, scope: { type: 'user', user_id: 'tester/bob' }, period: 'daily' });
    expect((await post(gateway, BODY, { headers: { 'x-failover-user': 'bob' } })).status).toBe(429);
  });

  it.each([
    ['an amount that is no number of cents', { amount: '5.00', scope: team }, 'amount'],
    ['a period that there is not', { amount: '5', scope: team, period: 'hourly' }, 'period'],
    ['a scope that there is not', { amount: '5', scope: { type: 'rbac_group', rbac_group_id: 'x' } }, 'scope.type'],
    ['a user without a team', { amount: '5', scope: { type: 'user', user_id: 'ann' } }, 'scope.user_id'],
  ])('is told what is wrong with %s', async (_, body, field) => {
    const gateway = await start();
    const set = operator(gateway).beta.organization.spendLimits.set(body as never);
    await expect(set).rejects.toThrow(BadRequestError);
    await expect(set).rejects.toThrow(`${field}: must be`);
  });

  it('is told of a team that there is not: its limit would hold nobody back', async () => {
    const set = operator(await start()).beta.organization.spendLimits.set({
      amount: '5',
      scope: { type: 'workspace', workspace_id: 'testr' },
    });
    await expect(set).rejects.toThrow(/no team 'testr'; the teams are tester, finance/);
  });

  it('may limit a model, which is a scope that Anthropic does not have', async () => {
    const gateway = await start();
    const scope = { type: 'model', model: MODEL };
    const made = await operator(gateway).beta.organization.spendLimits.set({ amount: '0', scope: scope as never });
    expect(made).toMatchObject({ scope });
    expect((await post(gateway, BODY)).status).toBe(429);
    expect((await post(gateway, { ...BODY, model: 'claude-haiku-4-5' })).status).toBe(200);
  });
});

it.each(['GET', 'POST'])("a team's key is not an operator's: %s", async (method) => {
  const gateway = await start();
  const asked = method === 'GET' ? operator(gateway, GATEWAY_KEY).beta.organization.spendLimits.list() : undefined;
  const set = asked ?? operator(gateway, GATEWAY_KEY).beta.organization.spendLimits.set({ amount: '1', scope: ann });
  await expect(set).rejects.toThrow(PermissionDeniedError);
  expect(
    (await call(gateway, { method, path: '/v1/organizations/spend_limits', headers: { 'x-api-key': 'guess' } })).status,
  ).toBe(401);
});

it('a gateway without spend limits has no such path', async () => {
  const gateway = await startGateway({ chain: ['anthropic'] });
  expect((await call(gateway, { method: 'GET', path: '/v1/organizations/spend_limits' })).status).toBe(404);
});
