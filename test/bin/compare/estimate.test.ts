import { estimate } from '../../../bin/compare/estimate';
import type { ComparedLink } from '../../../bin/compare/links';
import { priceOf } from '../../../lib/catalog/prices';
import { request } from './given';

const host = { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] } as const;
const links: readonly ComparedLink[] = [
  { name: 'anthropic', host, model: undefined },
  { name: 'anthropic/gpt-5.2', host, model: 'gpt-5.2' },
];
const MODEL = 'claude-opus-5-5';
const plan = { links, repeat: 1, concurrency: 1, modelOf: () => MODEL };

test('every answer as long as it may be, for every repetition, and models without a price are named', () => {
  const requests = [request({ max_tokens: 100_000 })];
  const { output } = priceOf(MODEL)!;
  const once = estimate({ ...plan, requests });
  expect(once).toMatchObject({ requests: 2, unpriced: ['gpt-5.2'] });
  expect(once.usd).toBeGreaterThan(output / 10);
  expect(once.usd).toBeLessThan(output / 8);
  expect(estimate({ ...plan, requests, repeat: 5 })).toEqual({
    requests: 10,
    usd: once.usd * 5,
    unpriced: ['gpt-5.2'],
  });
});

test('a picture counts as one, and not by the length of its data', () => {
  const picture = (data: string) => ({
    messages: [
      { role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }] },
    ],
  });
  const usd = (data: string) => estimate({ ...plan, requests: [request(picture(data))] }).usd;
  expect(usd('x'.repeat(1_000_000))).toBe(usd('x'));
});
