import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENV } from '../../../lib/contract';
import { startHealthTable, type SimulatedTable } from '../../../local/health-table/health-table';
import { until } from '../../local/hosts/caller';
import { GATEWAY_KEY } from '../harness';
import { BODY, post, textOf } from '../raw-client';
import { ASYNC, HOUR_MS, look, pathOf, useWaiting } from '../use-waiting';

const CONSENT = { 'x-failover-queue': 'yes' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const TEAM = { name: 'tester', keySha256: sha256(GATEWAY_KEY) };
let table: SimulatedTable;
beforeEach(async () => void (table = await startHealthTable('answers')));
// Before the gateways, which prove that nothing is left.
afterEach(() => table.close());
const { start, startGateway } = useWaiting();
const env = () => ({ [ENV.CACHE_TABLE]: table.name, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint });

describe('a route that keeps answers', () => {
  const cached = () => ({
    env: env(),
    route: { whenDown: 'queue' as const, cache: { ttlSeconds: 60, staleSeconds: 30 * 24 * 3600 } },
    config: { clients: [TEAM] },
  });
  it('gives who can wait an answer that is young, and never one that is too old', async () => {
    const { gateway, worker, setHosts, later } = await start(cached());
    await post(gateway, BODY);
    await until(() => table.asked.includes('PutItem'), 'the answer is kept');
    expect((await post(gateway, BODY, { headers: { prefer: 'respond-async, wait=5' } })).headers.get('age')).toBe('0');
    later(HOUR_MS);
    await setHosts('refused');
    expect((await post(gateway, BODY)).headers.get('x-failover-cache')).toBe('stale');
    expect((await post(gateway, BODY, { headers: CONSENT })).status).toBe(202);
    const { status, json } = await post(gateway, BODY, { headers: ASYNC });
    expect(status).toBe(202);
    await worker.work();
    expect((await look(gateway, pathOf(json))).status).toBe(202);
  });
});

it('what a guardrail says in place of an answer is an answer, and nothing to wait for', async () => {
  const bedrock = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify({ action: 'GUARDRAIL_INTERVENED', outputs: [{ text: 'Not here.' }] })),
  ).listen(0, '127.0.0.1');
  await once(bedrock, 'listening');
  const { gateway } = await start({
    env: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: `http://127.0.0.1:${(bedrock.address() as AddressInfo).port}` },
    route: { whenDown: 'queue' },
    config: { guardrail: { id: 'abc123', version: '7', region: 'eu-central-1' } },
  });
  const answer = await post(gateway, BODY, { headers: CONSENT });
  expect([answer.status, textOf(answer)]).toEqual([200, 'Not here.']);
  bedrock.close();
});

it('a team that may spend no more is refused, and does not wait as if the hosts were down', async () => {
  const spending = {
    env: { ...env(), [ENV.HEALTH_TABLE]: 'answers' },
    route: { whenDown: 'queue' as const },
    config: { clients: [TEAM], spend: { perTeam: { daily: 0.03 } } },
  };
  const { gateway, queue } = await start(spending);
  for (let status = 200; status === 200;) ({ status } = await post(gateway, BODY));
  // A process that has not heard of it yet hears it from the table, with the host's answer at hand.
  const beside = await startGateway({ chain: ['anthropic', 'bedrock'], queue, beside: gateway, ...spending });
  const { status, json } = await post(beside, BODY, { headers: CONSENT });
  expect([status, json]).toMatchObject([429, { error: { type: 'rate_limit_error' } }]);
});
