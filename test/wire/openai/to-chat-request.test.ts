import type { JsonObject } from '../../../lambda/engine/json';
import { toChatRequest } from '../../../lambda/wire/openai/to-chat-request';
import { ALL, BARE, without } from './chat-traits';

const HELLO = { role: 'user', content: 'Hello' };
const PNG = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } };
const PNG_PART = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };

function translate(fields: JsonObject, traits = ALL): { body: JsonObject; dropped: readonly string[] } {
  return toChatRequest(
    { model: 'claude-sonnet-5-5', max_tokens: 100, messages: [HELLO], ...fields },
    'gpt-5.4-mini',
    traits,
  );
}
const messages = (list: readonly unknown[], traits = ALL): unknown =>
  translate({ messages: list }, traits).body['messages'];

describe('a request for another model', () => {
  test('is for its model, and always for a stream with its counters', () => {
    expect(translate({ stream: false })).toEqual({
      body: {
        model: 'gpt-5.4-mini',
        messages: [HELLO],
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 100,
      },
      dropped: [],
    });
  });

  test('does not ask for counters where that is refused', () => {
    expect(translate({}, { ...ALL, countsUnasked: true }).body).not.toHaveProperty('stream_options');
  });

  test('begins with the system prompt, in the role that the model reads it in', () => {
    const system = [
      { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'Speak German.' },
    ];
    const { body, dropped } = translate({ system }, { ...ALL, systemRole: 'developer' });
    expect(body['messages']).toEqual([{ role: 'developer', content: 'Be brief.\n\nSpeak German.' }, HELLO]);
    expect(dropped).toEqual(['cache_control']);
    expect(translate({ system: 'Be brief.' }).body['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      HELLO,
    ]);
    expect(translate({ system: '' }).body['messages']).toEqual([HELLO]);
  });

  test('keeps a system message between others in its place', () => {
    expect(messages([HELLO, { role: 'system', content: 'Now in French.' }])).toEqual([
      HELLO,
      { role: 'system', content: 'Now in French.' },
    ]);
  });

  test('shows images, by their bytes or by their address, in order', () => {
    const content = [
      { type: 'text', text: 'Compare' },
      PNG,
      { type: 'image', source: { type: 'url', url: 'https://example.com/a.jpg' } },
      { type: 'text', text: '' },
    ];
    expect(messages([{ role: 'user', content }])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Compare' },
          PNG_PART,
          { type: 'image_url', image_url: { url: 'https://example.com/a.jpg' } },
        ],
      },
    ]);
  });

  test('carries documents: a PDF as a file, text as text', () => {
    const content = [
      { type: 'document', title: 'Plan', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } },
      {
        type: 'document',
        title: 'Note',
        context: 'of Monday',
        source: { type: 'text', media_type: 'text/plain', data: 'Milk.' },
      },
      {
        type: 'search_result',
        title: 'Cows',
        source: 'https://example.com',
        content: [{ type: 'text', text: 'Moo.' }],
      },
    ];
    expect(messages([{ role: 'user', content }])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Plan' },
          { type: 'file', file: { filename: 'Plan', file_data: 'data:application/pdf;base64,JVBERi0=' } },
          { type: 'text', text: 'Note\nof Monday' },
          { type: 'text', text: 'Milk.' },
          { type: 'text', text: 'Cows\nhttps://example.com' },
          { type: 'text', text: 'Moo.' },
        ],
      },
    ]);
  });

  test('carries tools, with what other servers demand of their schemas', () => {
    const input_schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: { city: {} },
    };
    const { body, dropped } = translate({
      tools: [
        {
          name: 'weather',
          description: 'Of a city',
          input_schema,
          eager_input_streaming: true,
          cache_control: { type: 'ephemeral' },
        },
        { type: 'custom', name: 'stop', input_schema: { type: 'object' } },
      ],
    });
    expect(body['tools']).toEqual([
      {
        type: 'function',
        function: {
          name: 'weather',
          description: 'Of a city',
          parameters: { type: 'object', properties: { city: {} } },
        },
      },
      { type: 'function', function: { name: 'stop', parameters: { type: 'object', properties: {} } } },
    ]);
    expect(dropped).toEqual(['tools.*.eager_input_streaming', 'tools.*.cache_control']);
  });

  test.each([
    [{ type: 'auto' }, { tool_choice: 'auto' }],
    [{ type: 'any' }, { tool_choice: 'required' }],
    [{ type: 'none' }, { tool_choice: 'none' }],
    [{ type: 'tool', name: 'stop' }, { tool_choice: { type: 'function', function: { name: 'stop' } } }],
    [
      { type: 'auto', disable_parallel_tool_use: true },
      { tool_choice: 'auto', parallel_tool_calls: false },
    ],
    [{ type: 'auto', disable_parallel_tool_use: false }, { tool_choice: 'auto' }],
  ])('carries the choice of tools %j', (tool_choice, expected) => {
    const { body } = translate({ tool_choice, tools: [{ name: 'stop', input_schema: { type: 'object' } }] });
    const { tool_choice: choice, parallel_tool_calls } = body;
    expect({ tool_choice: choice, ...(parallel_tool_calls !== undefined && { parallel_tool_calls }) }).toEqual(
      expected,
    );
  });

  test('says nothing of a choice where there are no tools: servers refuse it', () => {
    expect(translate({ tool_choice: { type: 'auto', disable_parallel_tool_use: true } }).body).not.toHaveProperty(
      'tool_choice',
    );
  });

  const STRICT = {
    type: 'object',
    properties: { a: { type: 'string' } },
    required: ['a'],
    additionalProperties: false,
  };
  test.each([
    ['a schema that leaves nothing open', STRICT, true],
    ['optional properties', { ...STRICT, required: [] }, false],
    ['further properties', { ...STRICT, additionalProperties: true }, false],
    [
      'optional properties deep inside',
      { ...STRICT, properties: { a: { type: 'array', items: { ...STRICT, required: [] } } } },
      false,
    ],
  ])('holds the model to %s, or says that it does not', (_name, schema, isStrict) => {
    const tools = [{ name: 'save', strict: true, input_schema: schema }];
    const { body, dropped } = translate({ tools, output_config: { format: { type: 'json_schema', schema } } });
    expect(body['tools']).toMatchObject([
      { function: isStrict ? { strict: true, parameters: schema } : { parameters: schema } },
    ]);
    expect(body['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answer', schema, strict: isStrict },
    });
    expect(dropped).toEqual(isStrict ? [] : ['tools.*.strict', 'output_config.format.strict']);
  });

  test.each([
    [{ output_config: { effort: 'low' } }, 'low'],
    [{ output_config: { effort: 'max' } }, 'high'],
    [{ thinking: { type: 'enabled', budget_tokens: 2048 } }, 'low'],
    [{ thinking: { type: 'enabled', budget_tokens: 10_000 } }, 'medium'],
    [{ thinking: { type: 'enabled', budget_tokens: 60_000 } }, 'high'],
    [{ thinking: { type: 'enabled', budget_tokens: 60_000 }, output_config: { effort: 'medium' } }, 'medium'],
    [{ thinking: { type: 'adaptive' } }, undefined],
    [{ thinking: { type: 'disabled' } }, 'low'],
  ])('asks for the effort next to %j', (fields, effort) => {
    expect(translate(fields).body['reasoning_effort']).toBe(effort);
  });

  test('asks for no effort in words that nobody knows', () => {
    const { body, dropped } = translate(
      { output_config: { effort: 'low' } },
      without({ reasoningEffort: ['default'] }),
    );
    expect(body).not.toHaveProperty('reasoning_effort');
    expect(dropped).toEqual(['output_config.effort']);
  });

  test('thinks not at all for a client that wants none, where the model can do without', () => {
    const traits = without({ reasoningEffort: ['none', 'low', 'high'] });
    expect(translate({ thinking: { type: 'disabled' } }, traits).body['reasoning_effort']).toBe('none');
  });

  test('says whom it is for, in as many characters as are taken', () => {
    const metadata = { user_id: `user_${'a'.repeat(64)}_account__session_1` };
    expect(translate({ metadata }, without({ userField: 'safety_identifier' })).body['safety_identifier']).toBe(
      metadata.user_id.slice(0, 64),
    );
  });

  test('names everything that the server does without', () => {
    const { body, dropped } = translate(
      {
        temperature: 0.5,
        top_p: 0.9,
        top_k: 5,
        stop_sequences: ['END'],
        metadata: { user_id: 'u1' },
        thinking: { type: 'enabled', budget_tokens: 2048 },
        output_config: { effort: 'high', task_budget: { total: 5 } },
        tools: [{ name: 'stop', input_schema: { type: 'object' } }],
        tool_choice: { type: 'auto', disable_parallel_tool_use: true },
        context_management: { edits: [] },
        service_tier: 'auto',
        container: null,
      },
      BARE,
    );
    expect(Object.keys(body)).toEqual([
      'model',
      'messages',
      'stream',
      'stream_options',
      'max_tokens',
      'tools',
      'tool_choice',
    ]);
    expect(dropped).toEqual([
      'temperature',
      'top_p',
      'top_k',
      'stop_sequences',
      'metadata',
      'output_config.effort',
      'output_config.task_budget',
      'tool_choice.disable_parallel_tool_use',
      'context_management',
      'service_tier',
    ]);
  });

  test('stops at as many sequences as the server takes, and says where there were more', () => {
    const stop_sequences = ['a', 'b', 'c', 'd', 'e'];
    expect(translate({ stop_sequences })).toMatchObject({
      body: { stop: ['a', 'b', 'c', 'd'] },
      dropped: ['stop_sequences'],
    });
    expect(translate({ stop_sequences: ['a'], temperature: 0.5, top_p: 0.9 })).toMatchObject({
      body: { stop: ['a'], temperature: 0.5, top_p: 0.9 },
      dropped: [],
    });
  });

  test('asks for no more tokens than the model writes, and says so', () => {
    const traits = { ...ALL, maxTokens: 8192 };
    expect(translate({ max_tokens: 32_000 }, traits)).toMatchObject({
      body: { max_tokens: 8192 },
      dropped: ['max_tokens'],
    });
    expect(translate({ max_tokens: 8192 }, traits)).toMatchObject({ body: { max_tokens: 8192 }, dropped: [] });
  });

  test('counts tokens in the field that the model has', () => {
    const { body } = translate({}, { ...ALL, maxTokensField: 'max_completion_tokens' });
    expect(body).toMatchObject({ max_completion_tokens: 100 });
    expect(body).not.toHaveProperty('max_tokens');
  });
});
