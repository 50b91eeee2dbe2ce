import { dropField } from '../../lambda/hosts/drop-field';
import { frozen } from './host-under-test';

const BODY = frozen({
  model: 'm',
  metadata: { user_id: 'u' },
  output_config: { effort: 'high', format: { type: 'json_schema' } },
  tools: [{ name: 'a', eager_input_streaming: true }, { name: 'b' }],
  messages: [
    { role: 'user', content: 'text' },
    { role: 'user', content: [{ type: 'text', cache_control: { type: 'ephemeral', scope: 'global' } }] },
  ],
});

test.each([
  ['metadata', { metadata: undefined }],
  ['output_config.effort', { output_config: { format: { type: 'json_schema' } } }],
  ['tools.*.eager_input_streaming', { tools: [{ name: 'a' }, { name: 'b' }] }],
  [
    'messages.*.content.*.cache_control.scope',
    {
      messages: [
        { role: 'user', content: 'text' },
        { role: 'user', content: [{ type: 'text', cache_control: { type: 'ephemeral' } }] },
      ],
    },
  ],
])('drops %s and keeps the rest, without touching the original', (path, changed) => {
  const { ...expected } = { ...BODY, ...changed };
  expect(dropField(BODY, path)).toEqual(JSON.parse(JSON.stringify(expected)));
});

test('a field inside the content of a tool result goes at that depth, and only there', () => {
  const marked = { type: 'text', text: 't', cache_control: { type: 'ephemeral', ttl: '1h' } };
  const result = (content: unknown) => ({ type: 'tool_result', tool_use_id: 'toolu_1', content });
  const body = (inner: object) => ({
    messages: [{ role: 'user', content: [marked, result([inner, { type: 'image' }]), result('plain text')] }],
  });
  const bare = { type: 'text', text: 't', cache_control: { type: 'ephemeral' } };
  expect(dropField(frozen(body(marked)), 'messages.*.content.*.content.*.cache_control.ttl')).toEqual(body(bare));
});

test('an object of which nothing is left goes with its last field', () => {
  expect(dropField(BODY, 'metadata.user_id')).not.toHaveProperty('metadata');
});

test.each(['speed', 'metadata.other', 'tools.*.strict', 'model.*.x', 'messages.*.content.*.citations', 'system.*.x'])(
  'the body is the very same object when it has no %s',
  (path) => {
    expect(dropField(BODY, path)).toBe(BODY);
  },
);
