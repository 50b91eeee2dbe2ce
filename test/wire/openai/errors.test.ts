import { withRetryAfter } from '../../../lambda/wire/openai/error/reset-headers';
import { failureResponse } from '../../../lambda/wire/anthropic/error/envelope';
import { ANTHROPIC, brief, errorAnswer, judge } from '../anthropic/error-fixture';

describe('the verdict on an error of a server of this wire', () => {
  test.each([
    ['insufficient quota', '12 next billing operator cools 900000'],
    ['no credit left', '12 next billing operator cools 900000'],
    ['project spend limit', '10 next quota operator cools 900000'],
    ['rate limit', '8 next rate-limited host cools 1851'],
    ['rate limit without retry-after', '8 next rate-limited host counts rests 5000'],
    ['slow down', '8 next rate-limited host counts rests 5000'],
    ['larger than the limit', '26 next too-large request -'],
    ['invalid key', '15 retry credential operator cools 60000'],
    ['model not found', '17 next not-found operator counts rests 600000'],
    ['country', '16 next permission operator counts rests 300000'],
    ['context length', '25 next too-large request -'],
    ['unsupported parameter', '25 next incompatible request -'],
    ['server error', '5 retry server-error host counts'],
    ['overloaded', '6 retry server-error host counts'],
    ['azure, filter', '25 next incompatible request -'],
    ['azure, deployment not found', '17 next not-found operator counts rests 600000'],
    ['vllm, context length', '25 next too-large request -'],
    ['vllm, model not found', '17 next not-found operator counts rests 600000'],
    ['mistral, extra field', '30 next incompatible request -'],
    ['mistral, rate limit', '8 next rate-limited host counts rests 5000'],
    ['ollama, error', '5 retry server-error host counts'],
    ['llama.cpp, context length', '25 next too-large request -'],
    ['llama.cpp, image', '25 next incompatible request -'],
    ['llama.cpp, invalid key', '15 retry credential operator cools 60000'],
    ['llama.cpp, schema', '25 next incompatible request -'],
  ])('%s: %s', (name, expected) => {
    expect(brief(judge(errorAnswer(`openai: ${name}`), ANTHROPIC))).toBe(expected);
  });

  test('of whoever pays for the gateway, a client hears nothing', () => {
    for (const name of ['insufficient quota', 'invalid key', 'rate limit', 'larger than the limit']) {
      const failure = errorAnswer(`openai: ${name}`);
      const response = failureResponse({ host: 'gpt', failure, ...judge(failure, ANTHROPIC) }, 'gw_1');
      expect(new TextDecoder().decode(response.body)).not.toMatch(/org-Acme|sk-proj|billing details/);
    }
  });
});

describe('when a server takes requests again', () => {
  const headers = (fields: Record<string, string>): unknown => withRetryAfter(fields)['retry-after-ms'];

  test.each([
    ['6m0s', '360000'],
    ['1.851s', '1851'],
    ['6ms', '6'],
    ['1h2m3.5s', '3723500'],
    ['1d', '86400000'],
  ])('a reset in %s is heard', (reset, expected) => {
    expect(headers({ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': reset })).toBe(expected);
  });

  test('it is when the last of what is used up is there again', () => {
    const fields = {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '12s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    };
    expect(headers(fields)).toBe('360000');
    expect(headers({ ...fields, 'x-ratelimit-remaining-tokens': '17' })).toBe('12000');
  });

  test('what it says itself goes before', () => {
    const said = { 'retry-after': '2', 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s' };
    expect(withRetryAfter(said)).toBe(said);
  });

  test.each(['', 'soon', '6 minutes', '-1s', '2026-11-28T11:00:00Z'])('a reset in "%s" says nothing', (reset) => {
    expect(headers({ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': reset })).toBeUndefined();
  });
});
