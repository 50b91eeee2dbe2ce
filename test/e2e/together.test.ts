import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { isBehindLambda } from './front-door';
import { GATEWAY_KEY, MODEL, type TestGateway, useGateway } from './harness';
import type { HostName } from './host-setups';
import { BODY, STREAMED } from './raw-client';

const start = useGateway();
const HAIKU = 'claude-haiku-4-5';
const HAIKU_ID = 'claude-haiku-4-5-20251001';
const CHAT = { model: MODEL, messages: [{ role: 'user', content: 'Hello' }] };
const RESPONSES = { model: MODEL, input: 'Hello' };
const NIGHT_AND_DAY = { from: '00:00', to: '24:00', zone: 'Europe/Berlin' };

/** Bedrock first by its weight, then Anthropic; another model of Claude's; another one's. */
const everything = (): Promise<TestGateway> =>
  start({
    chain: ['anthropic', 'bedrock', 'foundry', 'openai'],
    config: {
      steering: ['only', 'last-resort'],
      clients: [
        {
          name: 'tester',
          keySha256: createHash('sha256').update(GATEWAY_KEY).digest('hex'),
          limits: { quota: { limit: 6, period: 'month' } },
        },
      ],
      routes: [
        { models: ['claude-haiku-*'], chain: ['foundry'], order: 'fastest' },
        {
          chain: ['anthropic', 'bedrock'],
          hours: NIGHT_AND_DAY,
          order: { weights: { anthropic: 0, bedrock: 100 } },
          fallbacks: [HAIKU],
          lastResort: [{ host: 'openai', model: 'gpt-5.2' }],
        },
        { chain: ['foundry'] },
      ],
    },
  });

describe.each<[string, string, object]>([
  ['whole', '/v1/messages', BODY],
  ['streamed', '/v1/messages', STREAMED],
  ['whole', '/v1/chat/completions', CHAT],
  ['streamed', '/v1/chat/completions', { ...CHAT, stream: true }],
  ['whole', '/v1/responses', RESPONSES],
  ['streamed', '/v1/responses', { ...RESPONSES, stream: true }],
])('%s from %s', (_form, path, body) => {
  const text = JSON.stringify(body);
  const ask = async ({ url }: TestGateway, headers: Record<string, string> = {}) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${GATEWAY_KEY}`,
        'anthropic-version': '2023-06-01',
        // API Gateway takes text for text, and nothing that is compressed.
        ...(!isBehindLambda && { 'content-encoding': 'gzip' }),
        ...headers,
      },
      body: isBehindLambda ? text : gzipSync(text),
    });
    return { response, text: await response.text(), host: response.headers.get('x-failover-host') };
  };

  it('hours, order, fallbacks, last resort and limits each have their turn', async () => {
    const gateway = await everything();
    expect((await ask(gateway)).host).toBe('bedrock');
    expect((await ask(gateway, { 'x-failover-only': 'anthropic' })).host).toBe('anthropic');
    const next: [HostName, HostName, string | null][] = [
      ['bedrock', 'anthropic', null],
      ['anthropic', 'foundry', HAIKU_ID],
      ['foundry', 'openai', 'gpt-5.2'],
    ];
    for (const [broken, serving, model] of next) {
      await gateway.host(broken).setFault({ kind: 'refused' });
      const { response, host, text } = await ask(gateway);
      expect(host).toBe(serving);
      expect(response.headers.get('x-failover-model')).toBe(model);
      expect(text).toContain('You asked');
    }
    await gateway.host('openai').setFault({ kind: 'refused' });
    const down = await ask(gateway);
    expect(down.response.status).toBe(529);
    expect(down.response.headers.get('x-should-retry')).toBe('true');
    const limited = await ask(gateway);
    expect(limited.response.status).toBe(429);
    expect(limited.response.headers.get('x-should-retry')).toBe('false');
    expect(JSON.parse(limited.text)).toMatchObject({
      error: { type: 'rate_limit_error', message: expect.stringContaining('6 requests a month are used up') },
    });
  });
});
