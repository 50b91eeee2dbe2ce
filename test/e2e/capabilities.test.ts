import { onPlainServer } from './on-plain-server';
import { useGateway } from './harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED } from './raw-client';

const start = useGateway();
const BASIC = { tools: [{ type: 'web_search_20250305', name: 'web_search' }] };
const DYNAMIC = { tools: [{ type: 'web_search_20260209', name: 'web_search' }] };

it('a web search goes past the clouds that have none, and the trace says why', async () => {
  const gateway = await start({ chain: ['bedrock', 'vertex', 'anthropic'] });
  const answer = await post(gateway, { ...STREAMED, ...DYNAMIC });
  expectCompleteStream(answer);
  expect(failoverHeaders(answer)).toEqual({
    host: 'anthropic',
    attempts: '1',
    trace: 'bedrock:lacks-web_search_dynamic, vertex:lacks-web_search_dynamic, anthropic:ok',
  });
  expect(gateway.counts()).toEqual({ bedrock: 0, vertex: 0, anthropic: 1 });
});

it('the basic web search is served by Vertex, which has it', async () => {
  const gateway = await start({ chain: ['bedrock', 'vertex', 'anthropic'] });
  const answer = await post(gateway, { ...BODY, ...BASIC });
  expect(failoverHeaders(answer).trace).toBe('bedrock:lacks-web_search, vertex:ok');
});

it.each([
  ['stream', STREAMED],
  ['message', BODY],
])('asked for a %s, a chain without a capable host answers 400 and names each', async (_, body) => {
  const gateway = await start({ chain: ['bedrock', 'vertex'] });
  const { status, json, headers } = await post(gateway, { ...body, ...DYNAMIC });
  expect(status).toBe(400);
  expect(json).toEqual({
    type: 'error',
    error: {
      type: 'invalid_request_error',
      message: expect.stringMatching(/bedrock: lacks-web_search_dynamic.*vertex: lacks-web_search_dynamic/),
    },
    request_id: headers.get('request-id'),
  });
  // Each was asked all the same: what is known of hosts may be out of date.
  expect(gateway.counts()).toEqual({ bedrock: 1, vertex: 1 });
});

it('a capable host that is down answers for itself: its own error, not the others’ lack', async () => {
  const gateway = await start({ chain: ['bedrock', 'anthropic'] });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  const answer = await post(gateway, { ...BODY, ...DYNAMIC });
  expect(answer.status).toBe(529);
  expect(failoverHeaders(answer).trace).toBe(
    'bedrock:lacks-web_search_dynamic, anthropic:overloaded, bedrock:incompatible',
  );
});

it('a model without an equivalent skips the host, and no other model is put in its place', async () => {
  const config = { models: ['claude-mythos-5'] };
  const gateway = await start({ chain: ['bedrock', 'anthropic'], config });
  const answer = await post(gateway, { ...STREAMED, model: 'claude-mythos-5' });
  expectCompleteStream(answer);
  expect(failoverHeaders(answer).trace).toBe('bedrock:no-such-model, anthropic:ok');
  const only = await post(
    gateway,
    { ...BODY, model: 'claude-mythos-5' },
    { headers: { 'x-failover-only': 'bedrock' } },
  );
  expect(only.status).toBe(404);
  expect(only.json).toMatchObject({
    error: { type: 'not_found_error', message: expect.stringContaining("'claude-mythos-5': bedrock: no-such-model") },
  });
  expect(gateway.counts()).toEqual({ bedrock: 0, anthropic: 1 });
});

onPlainServer('a body larger than Bedrock takes goes to Anthropic', async () => {
  const gateway = await start({ chain: ['bedrock', 'anthropic'] });
  const large = { ...BODY, messages: [{ role: 'user', content: 'a'.repeat(21 * 1024 * 1024) }] };
  const answer = await post(gateway, large);
  expect(answer.status).toBe(200);
  expect(failoverHeaders(answer).trace).toBe('bedrock:too-large, anthropic:ok');
});
