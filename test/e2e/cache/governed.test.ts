import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { ENV, type RouterConfig } from '../../../lib/contract';
import { until } from '../../local/hosts/caller';
import { GATEWAY_KEY } from '../harness';
import { BODY, post, STREAMED, textOf } from '../raw-client';
import { books } from '../spent';
import { useWrittenLines } from '../written-lines';
import { useCache } from './caching';

const start = useCache();
const { logged } = useWrittenLines();
const status = ({ headers }: { headers: Headers }) => headers.get('x-failover-cache');
const TEAM = { name: 'tester', keySha256: createHash('sha256').update(GATEWAY_KEY).digest('hex') };
/** The books in the table that has the answers: both are keyed alike. */
const BOOKED = { [ENV.HEALTH_TABLE]: 'answers' };

describe('what is spent', () => {
  const spending = (spend: RouterConfig['spend']) => ({
    env: BOOKED,
    config: { clients: [TEAM], spend, telemetry: { logs: true } },
  });

  test('is what the first has cost, and not touched by hits, by who waits for the same, or by an old answer', async () => {
    const gateway = await start(
      { ttlSeconds: 60, staleSeconds: 3600 },
      { ...spending({ perTeam: { daily: 100 } }), deltaDelayMs: 30 },
    );
    const together = await Promise.all([post(gateway, BODY), post(gateway, STREAMED), post(gateway, BODY)]);
    expect(together.map(status).sort()).toEqual(['hit', 'hit', 'miss']);
    const spent = await books(gateway.table);
    const [[account, { spent: amount }] = ['', { spent: 0 }]] = Object.entries(spent);
    expect(account).toMatch(/^team#tester\|daily /);
    await until(() => logged('request').length === 3, 'all is written');
    await gateway.kept(1);
    const costs = logged('request').map(({ costUsd }) => Number(costUsd));
    expect(Math.round(costs.reduce((sum, each) => sum + each, 0) * 1e6)).toBe(amount);
    for (const body of [BODY, STREAMED]) expect(status(await post(gateway, body))).toBe('hit');
    expect(await books(gateway.table)).toEqual(spent);
    gateway.skip(100_000);
    await gateway.host('anthropic').setFault({ kind: 'overloaded' });
    expect(status(await post(gateway, BODY))).toBe('stale');
    expect(await books(gateway.table)).toEqual(spent);
  });

  test('may be all there was, and what is kept is given still', async () => {
    const gateway = await start({}, spending({ perTeam: { daily: 0.03 } }));
    expect((await post(gateway, BODY)).status).toBe(200);
    await gateway.kept(1);
    const statuses: number[] = [];
    for (let count = 0; count < 50 && !statuses.includes(429); count++) {
      statuses.push((await post(gateway, { ...BODY, max_tokens: 1000 - count })).status);
      await books(gateway.table);
    }
    expect(statuses.at(-1)).toBe(429);
    expect(status(await post(gateway, BODY))).toBe('hit');
  });
});

test('a team that may have one request at a time gets what is kept beside it', async () => {
  const gateway = await start({}, { config: { clients: [{ ...TEAM, limits: { concurrent: 1 } }] } });
  await post(gateway, BODY);
  await gateway.kept(1);
  await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 1000 });
  const other = post(gateway, { ...BODY, max_tokens: 1000 });
  await until(() => gateway.calls('anthropic').length === 2, 'the host is asked');
  expect(status(await post(gateway, BODY))).toBe('hit');
  expect((await post(gateway, { ...BODY, max_tokens: 999 })).status).toBe(429);
  expect((await other).status).toBe(200);
});

test('what is kept is not for a team whose policy allows the model no more', async () => {
  const gateway = await start({}, { config: { clients: [TEAM] } });
  await post(gateway, BODY);
  await gateway.kept(1);
  const policy = { models: ['claude-haiku-4-5'] };
  const stricter = await start(
    {},
    {
      table: gateway.table,
      beside: gateway,
      config: { clients: [{ ...TEAM, policy }], models: [BODY.model, 'claude-haiku-4-5'] },
    },
  );
  const refused = await post(stricter, BODY);
  expect([refused.status, status(refused)]).toEqual([403, null]);
  expect(status(await post(gateway, BODY))).toBe('hit');
});

describe('a guardrail for answers', () => {
  const BLOCKED = 'This is not something that we talk about here.';
  let bedrock: Server;
  let isStrict = false;
  let asked = 0;
  beforeEach(async () => {
    isStrict = false;
    asked = 0;
    bedrock = createServer((request, response) => {
      void json(request).then((body) => {
        const isOutput = (body as { source: string }).source === 'OUTPUT';
        if (isOutput) asked += 1;
        const stops = isOutput && isStrict;
        const action = stops ? 'GUARDRAIL_INTERVENED' : 'NONE';
        response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
        response.end(JSON.stringify({ action, outputs: stops ? [{ text: BLOCKED }] : [] }));
      });
    }).listen(0, '127.0.0.1');
    await once(bedrock, 'listening');
  });
  afterEach(() => new Promise((resolve) => bedrock.close(resolve)));
  const guarded = () => ({
    route: { commit: 'complete' as const },
    env: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: `http://127.0.0.1:${(bedrock.address() as AddressInfo).port}` },
    config: {
      clients: [
        { ...TEAM, policy: { guardrail: { id: 'abc123', version: '7', region: 'eu-central-1', output: true } } },
      ],
    },
  });

  test('is asked about what is given again as well, by the rules of today', async () => {
    const gateway = await start({}, guarded());
    const first = await post(gateway, BODY);
    await gateway.kept(1);
    for (const body of [BODY, STREAMED]) {
      const again = await post(gateway, body);
      expect([status(again), textOf(again)]).toEqual(['hit', textOf(first)]);
    }
    expect(asked).toBe(3);
    isStrict = true;
    for (const body of [BODY, STREAMED]) {
      const stopped = await post(gateway, body);
      expect(textOf(stopped)).toBe(BLOCKED);
      expect(stopped.text).toContain('"stop_reason":"refusal"');
    }
    expect(gateway.counts()).toEqual({ anthropic: 1 });
  });

  test('has what it stops kept nowhere', async () => {
    const gateway = await start({}, guarded());
    isStrict = true;
    expect(textOf(await post(gateway, BODY))).toBe(BLOCKED);
    expect(gateway.table.asked).not.toContain('PutItem');
  });
});
