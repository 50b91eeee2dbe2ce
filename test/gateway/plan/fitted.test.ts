import type { JsonObject } from '../../../lambda/engine/json';
import { fittedTo } from '../../../lambda/gateway/plan/fallbacks/fitted';

const OPUS = 'claude-opus-5-5';
const HAIKU_4_5 = 'claude-haiku-4-5-20251001';
const SONNET_4_6 = 'claude-sonnet-4-6';
const FABLE = 'claude-fable-5';

const fitted = (model: string, body: JsonObject) => {
  const request = fittedTo(model, { body });
  if (request) expect(JSON.parse(new TextDecoder().decode(request.bytes))).toEqual(request.body);
  return request && { body: request.body, dropped: request.dropped };
};

it.each<[string, string, JsonObject, JsonObject, readonly string[]]>([
  ['more tokens than it has', HAIKU_4_5, { max_tokens: 100_000 }, { max_tokens: 64_000 }, []],
  ['adaptive thinking, where there is none', HAIKU_4_5, { thinking: { type: 'adaptive' } }, {}, ['thinking']],
  [
    'a budget of thoughts, where the model has its own',
    OPUS,
    { thinking: { type: 'enabled', budget_tokens: 5000, display: 'omitted' } },
    { thinking: { type: 'adaptive', display: 'omitted' } },
    [],
  ],
  [
    'a budget of thoughts beyond its tokens',
    HAIKU_4_5,
    { max_tokens: 100_000, thinking: { type: 'enabled', budget_tokens: 90_000 } },
    { max_tokens: 64_000, thinking: { type: 'enabled', budget_tokens: 63_999 } },
    [],
  ],
  ['no thinking, where it always thinks', FABLE, { thinking: { type: 'disabled' } }, {}, ['thinking']],
  [
    'sampling, where there is none',
    OPUS,
    { temperature: 0.2, top_p: 1, top_k: 5 },
    {},
    ['temperature', 'top_p', 'top_k'],
  ],
  [
    'an effort that it lacks: the next below',
    SONNET_4_6,
    { output_config: { effort: 'xhigh', format: 1 } },
    { output_config: { effort: 'high', format: 1 } },
    [],
  ],
  ['any effort, where there is none', HAIKU_4_5, { output_config: { effort: 'low' } }, {}, ['output_config.effort']],
])('a request loses %s', (_what, model, body, left, dropped) => {
  const rest = { messages: [{ role: 'user', content: 'Hello' }] };
  expect(fitted(model, { ...body, ...rest })).toEqual({ body: { ...left, ...rest }, dropped });
});

it.each<[string, string, JsonObject]>([
  [
    'that a model can take',
    OPUS,
    { max_tokens: 128_000, thinking: { type: 'adaptive' }, output_config: { effort: 'max' } },
  ],
  [
    'with thoughts and sampling of the older',
    HAIKU_4_5,
    { max_tokens: 10, temperature: 1, thinking: { type: 'disabled' } },
  ],
  ['for a model that nobody knows', 'claude-next', { max_tokens: 1_000_000, temperature: 1 }],
  ['that makes no sense', OPUS, { max_tokens: 'many', thinking: 'yes', output_config: null }],
])('a request %s stays as it came', (_what, model, body) => {
  expect(fitted(model, body)).toBeUndefined();
});
