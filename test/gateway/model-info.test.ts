import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { CAPABILITIES } from '../../lib/catalog/capabilities';
import { MODELS } from '../../lib/catalog/models';
import { modelInfo } from '../../lambda/gateway/endpoints/model-info';

test('the newest SDK’s type is met by every model, known or not', () => {
  const infos: readonly ModelInfo[] = MODELS.map(modelInfo);
  expect(infos).toHaveLength(MODELS.length);
  const own = {
    id: 'claude-next',
    aliases: [],
    displayName: 'Next',
    on: {},
    bedrockProfiles: [],
    bedrockMessages: false,
  };
  expect(modelInfo(own)).toEqual({
    type: 'model',
    id: 'claude-next',
    display_name: 'Next',
    created_at: '1970-01-01T00:00:00Z',
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line: null,
    max_input_tokens: null,
    max_tokens: null,
    capabilities: null,
  });
});

test('what is known belongs to a model of the table', () => {
  const ids = MODELS.map(({ id }) => id);
  expect(Object.keys(CAPABILITIES).filter((id) => !ids.includes(id))).toEqual([]);
});

test.each([
  ['claude-opus-4-5-20251101', ['low', 'medium', 'high'], ['disabled', 'enabled']],
  ['claude-opus-4-6', ['low', 'medium', 'high', 'max'], ['adaptive', 'disabled', 'enabled']],
  ['claude-sonnet-5-5', ['low', 'medium', 'high', 'xhigh', 'max'], ['adaptive', 'between_tools']],
  ['claude-sonnet-4-5-20250929', [], ['disabled', 'enabled']],
])('%s: efforts and ways to think are those of its page', (id, efforts, types) => {
  const info = modelInfo(MODELS.find((model) => model.id === id)!);
  const names = (values: object) =>
    Object.entries(values).flatMap(([name, value]) => ((value as { supported?: boolean }).supported ? [name] : []));
  expect(new Set(names(info.capabilities!.effort))).toEqual(new Set(efforts));
  expect(new Set(names(info.capabilities!.thinking.types))).toEqual(new Set(types));
});
