import type { Fault } from '../../local/hosts';
import type { HostName } from './host-setups';
import { useGateway, type TestGateway } from './harness';
import { BODY, failoverHeaders, post, STREAMED } from './raw-client';

const start = useGateway();
const LAGGING = ['bedrock', 'bedrock-invoke', 'vertex'] as const;
const NEW_BETA = 'not-invented-yet-2031-01-01';
const CONTEXT_BETA = 'context-management-2025-06-27';
const KEPT_BETA = 'interleaved-thinking-2025-05-14';
const EDITS = { edits: [{ type: 'clear_tool_uses_20250919' }] };

/** What a host was sent, in its own place for it. */
function sent(gateway: TestGateway, name: HostName) {
  return gateway.calls(name).map(({ headers, body }) => {
    const json = JSON.parse(body.toString()) as { anthropic_beta?: string[]; context_management?: unknown };
    const betas = headers['anthropic-beta']?.split(',') ?? json.anthropic_beta ?? [];
    return { betas, hasEdits: json.context_management !== undefined };
  });
}

describe.each(LAGGING)('%s', (name) => {
  it.each([
    ['stream', STREAMED],
    ['message', BODY],
  ])('that refuses a beta is asked once more without it for a %s, and never with it again', async (_, body) => {
    const gateway = await start({ chain: [name, 'anthropic'] });
    await gateway.host(name).setFault({ kind: 'invalid-beta', beta: NEW_BETA });
    const headers = { 'anthropic-beta': `${KEPT_BETA},${NEW_BETA}` };
    const first = await post(gateway, body, { headers });
    expect(first.status).toBe(200);
    expect(failoverHeaders(first).trace).toBe(`${name}:incompatible, ${name}:ok`);
    expect(first.headers.get('x-failover-adapted')).toBe('true');
    expect(first.headers.get('x-failover-dropped')).toBe(NEW_BETA);

    const second = await post(gateway, body, { headers });
    expect(failoverHeaders(second).trace).toBe(`${name}:ok`);
    expect(second.headers.get('x-failover-adapted')).toBe('true');
    expect(sent(gateway, name).map(({ betas }) => betas)).toEqual([[KEPT_BETA, NEW_BETA], [KEPT_BETA], [KEPT_BETA]]);
  });

  const HALVES: readonly (readonly [string, Fault])[] = [
    ['field', { kind: 'unknown-field', field: 'context_management' }],
    ['beta', { kind: 'invalid-beta', beta: CONTEXT_BETA }],
  ];
  it.each(HALVES)('that refuses the %s of a feature gets neither its beta nor its field', async (_, fault) => {
    const gateway = await start({ chain: [name, 'anthropic'] });
    await gateway.host(name).setFault(fault);
    const body = { ...STREAMED, context_management: EDITS };
    const headers = { 'anthropic-beta': `${CONTEXT_BETA},${KEPT_BETA}` };
    for (let times = 0; times < 2; times += 1) expect((await post(gateway, body, { headers })).status).toBe(200);
    // Only Vertex says which beta it means; Bedrock is asked without any, since it is known to take each of them.
    const kept = fault.kind === 'unknown-field' || name === 'vertex' ? [KEPT_BETA] : [];
    const without = { betas: kept, hasEdits: false };
    expect(sent(gateway, name)).toEqual([{ betas: [CONTEXT_BETA, KEPT_BETA], hasEdits: true }, without, without]);
    expect(gateway.counts()).toEqual({ [name]: 3, anthropic: 0 });
  });

  it('that refuses a field with a meaning is left for Anthropic, which gets the client’s own bytes', async () => {
    const gateway = await start({ chain: [name, 'anthropic'] });
    await gateway.host(name).setFault({ kind: 'unknown-field', field: 'temperature' });
    const body = JSON.stringify({ ...STREAMED, temperature: 0.5 });
    const answer = await post(gateway, body);
    expect(failoverHeaders(answer).trace).toBe(`${name}:incompatible, anthropic:ok`);
    expect(gateway.calls('anthropic')[0]?.body.toString()).toBe(body);
    expect(answer.headers.get('x-failover-adapted')).toBeNull();
  });
});

it('a request without the refused beta is not called adapted', async () => {
  const gateway = await start({ chain: ['vertex'] });
  await gateway.host('vertex').setFault({ kind: 'invalid-beta', beta: NEW_BETA });
  await post(gateway, BODY, { headers: { 'anthropic-beta': NEW_BETA } });
  const plain = await post(gateway, BODY);
  expect(plain.status).toBe(200);
  expect(plain.headers.get('x-failover-adapted')).toBeNull();
});

it('Anthropic’s own refusal of a beta goes to the client: it is the client’s fault', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'] });
  await gateway.host('anthropic').setFault({ kind: 'invalid-beta' });
  const answer = await post(gateway, BODY, { headers: { 'anthropic-beta': 'wrong-2020-01-01' } });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ error: { message: expect.stringContaining('wrong-2020-01-01') } });
  expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 0 });
});

it('what is known to be refused is left out from the first, and named', async () => {
  const gateway = await start({ chain: ['bedrock'] });
  const answer = await post(
    gateway,
    { ...STREAMED, service_tier: 'auto' },
    { headers: { 'anthropic-beta': 'fast-mode-2026-02-01' } },
  );
  expect(failoverHeaders(answer).trace).toBe('bedrock:ok');
  expect(answer.headers.get('x-failover-dropped')).toBe('service_tier, fast-mode-2026-02-01');
});
