import type { JsonObject } from '../../../../lambda/engine/json';
import type { DoorModel } from '../../../../lambda/wire/openai/door/request/asked';
import { toMessagesRequest } from '../../../../lambda/wire/openai/door/request/to-messages';

const HELLO = { role: 'user', content: 'Hello' };
const LATEST: DoorModel = {
  maxTokens: 128_000,
  takesSampling: false,
  effort: ['low', 'medium', 'high', 'xhigh', 'max'],
  thinking: ['adaptive', 'disabled'],
  structuredOutputs: true,
};
const OLDER: DoorModel = { ...LATEST, takesSampling: true, effort: [], thinking: ['disabled', 'enabled'] };
const BASE = { model: 'claude-opus-5', max_tokens: 128_000, messages: [user('Hello')] };

function user(text: string) {
  return { role: 'user', content: [{ type: 'text', text }] };
}

function translate(fields: JsonObject, model = LATEST, isCached = false) {
  const body = { model: 'claude-opus-5', messages: [HELLO], ...fields };
  const request = toMessagesRequest(new TextEncoder().encode(JSON.stringify(body)), () => model, isCached);
  return { ...request, body: JSON.parse(new TextDecoder().decode(request.bytes)) as JsonObject };
}
const bodyOf = (fields: JsonObject, model = LATEST): unknown => translate(fields, model).body;
const turnsOf = (messages: readonly unknown[]): unknown => translate({ messages }).body['messages'];

const TOOL = { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } };
const CLAUDES_TOOL = { name: 'f', description: 'd', input_schema: { type: 'object' } };
const SCHEMA = { type: 'object', properties: {}, additionalProperties: false };

describe('the options of a request', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['have the maximum of the model as their default', {}, {}],
    ['max_completion_tokens', { max_completion_tokens: 10 }, { max_tokens: 10 }],
    ['max_tokens', { max_tokens: 10 }, { max_tokens: 10 }],
    ['stop as a string', { stop: 'END' }, { stop_sequences: ['END'] }],
    ['stop as a list', { stop: ['a', 'b'] }, { stop_sequences: ['a', 'b'] }],
    ['user', { user: 'u-1' }, { metadata: { user_id: 'u-1' } }],
    ['safety_identifier, before user', { user: 'u', safety_identifier: 's' }, { metadata: { user_id: 's' } }],
    ['stream', { stream: true }, { stream: true }],
    ['n of one', { n: 1 }, {}],
    [
      'response_format with a schema',
      { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: SCHEMA, strict: true } } },
      { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
    ],
    ['response_format of text', { response_format: { type: 'text' } }, {}],
    [
      'reasoning_effort',
      { reasoning_effort: 'high' },
      { output_config: { effort: 'high' }, thinking: { type: 'adaptive', display: 'summarized' } },
    ],
    [
      'the least effort there is for minimal',
      { reasoning_effort: 'minimal' },
      { output_config: { effort: 'low' }, thinking: { type: 'adaptive', display: 'summarized' } },
    ],
    ['no reasoning at all', { reasoning_effort: 'none' }, { thinking: { type: 'disabled' } }],
    [
      "thinking in Anthropic's own words",
      { thinking: { type: 'adaptive' }, reasoning_effort: 'low' },
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
    ],
    [
      'no option at null',
      { stream: null, stop: null, n: null, temperature: null, tools: null, tool_choice: null, user: null },
      {},
    ],
  ])('%s', (_, asked, expected) => {
    const { body, dropped } = translate(asked);
    expect(body).toEqual({ ...BASE, ...expected });
    expect(dropped).toEqual([]);
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['a temperature above Claude’s range becomes its highest', { temperature: 1.7 }, { temperature: 1 }],
    ['a temperature of zero stays', { temperature: 0 }, { temperature: 0 }],
    ['top_p stays', { top_p: 0.5 }, { top_p: 0.5 }],
  ])('where the model has sampling: %s', (_, asked, expected) => {
    expect(bodyOf(asked, OLDER)).toEqual({ ...BASE, ...expected });
  });

  test('drop the temperature of a model that is to think', () => {
    const both: DoorModel = { ...LATEST, takesSampling: true };
    const { body, dropped } = translate({ temperature: 0.2, reasoning_effort: 'low' }, both);
    expect(body).not.toHaveProperty('temperature');
    expect(dropped).toEqual(['temperature']);
    expect(bodyOf({ temperature: 0.2, reasoning_effort: 'none' }, both)).toHaveProperty('temperature', 0.2);
  });

  test.each<[string, JsonObject, DoorModel, readonly string[]]>([
    ['temperature of a model without it', { temperature: 0.2, top_p: 0.5 }, LATEST, ['temperature', 'top_p']],
    ['reasoning_effort of a model without it', { reasoning_effort: 'high' }, OLDER, ['reasoning_effort']],
    ['stop of white space', { stop: '\n' }, LATEST, ['stop']],
    ['JSON of any shape', { response_format: { type: 'json_object' } }, LATEST, ['response_format']],
    ['what Claude has nothing for', { seed: 7, logprobs: true, presence_penalty: 0 }, LATEST, ['seed', 'logprobs']],
    ['no field that a header cannot name', { 'a\r\nb: c': 1 }, LATEST, []],
  ])('names what it drops: %s', (_, asked, model, dropped) => {
    const request = translate(asked, model);
    expect(request.body).toEqual(BASE);
    expect(request.dropped).toEqual(dropped);
  });

  test('tells whether the client wants the usage of a stream', () => {
    expect(translate({ stream: true, stream_options: { include_usage: true } }).includeUsage).toBe(true);
    expect(translate({ stream: true }).includeUsage).toBe(false);
  });

  test.each<[JsonObject, string]>([
    [{ n: 2 }, 'n: Claude gives one answer a request; leave it out'],
    [{ functions: [] }, 'functions: it is no longer taken; use tools and tool_choice'],
    [{ tools: [{ type: 'custom' }] }, "tools[0].type: it must be 'function'"],
    [{ tools: [TOOL], tool_choice: 'any' }, 'tool_choice: it must be one of auto, required, none'],
    [{ response_format: { type: 'json_schema' } }, 'response_format.json_schema.schema: it must be a JSON schema'],
    [{ response_format: 'json_object' }, 'response_format: it must be an object with a type'],
    [{ messages: [{ role: 'function', content: '' }] }, 'messages[0].role: it must be one of system, developer'],
    [
      { messages: [{ role: 'user', content: [{ type: 'input_audio' }] }] },
      'messages[0].content[0].type: it must be one of text, refusal, image_url, file',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'ftp://x' } }] }] },
      'messages[0].content[0].image_url.url: it must be an https URL or a data URL in base64',
    ],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].tool_call_id: it must be a string'],
    [{ messages: 'Hello' }, 'messages: Input should be a valid array'],
  ])('refuses %j and says why', (asked, words) => {
    expect(() => translate(asked)).toThrow(words);
  });
});

describe('tools', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['alone', {}, {}],
    ['auto', { tool_choice: 'auto' }, { tool_choice: { type: 'auto' } }],
    ['required', { tool_choice: 'required' }, { tool_choice: { type: 'any' } }],
    ['none', { tool_choice: 'none', parallel_tool_calls: false }, { tool_choice: { type: 'none' } }],
    [
      'one by name',
      { tool_choice: { type: 'function', function: { name: 'f' } } },
      { tool_choice: { type: 'tool', name: 'f' } },
    ],
    [
      'one at a time',
      { parallel_tool_calls: false },
      { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    ],
    [
      'one at a time, and one at least; a forced call is not thought about',
      { parallel_tool_calls: false, tool_choice: 'required', reasoning_effort: 'low' },
      { tool_choice: { type: 'any', disable_parallel_tool_use: true }, output_config: { effort: 'low' } },
    ],
  ])('%s', (_, asked, expected) => {
    expect(bodyOf({ tools: [TOOL], ...asked })).toEqual({ ...BASE, tools: [CLAUDES_TOOL], ...expected });
  });

  test('without parameters take an object with none', () => {
    expect(bodyOf({ tools: [{ type: 'function', function: { name: 'f' } }] })).toMatchObject({
      tools: [{ name: 'f', input_schema: { type: 'object', properties: {} } }],
    });
  });

  test('are strict where the model can be, and else it is named', () => {
    const tools = [{ type: 'function', function: { name: 'f', parameters: SCHEMA, strict: true } }];
    expect(bodyOf({ tools })).toMatchObject({ tools: [{ name: 'f', input_schema: SCHEMA, strict: true }] });
    const { body, dropped } = translate({ tools }, { ...LATEST, structuredOutputs: false });
    expect(body['tools']).toEqual([{ name: 'f', input_schema: SCHEMA }]);
    expect(dropped).toEqual(['tools.*.strict']);
  });

  test('that are none leave nothing of their choice', () => {
    expect(bodyOf({ tools: [], tool_choice: 'auto', parallel_tool_calls: false })).toEqual(BASE);
  });
});

describe('the conversation', () => {
  test('has its instructions before it, wherever they stood', () => {
    const { body } = translate({
      messages: [
        { role: 'system', content: 'A' },
        HELLO,
        { role: 'developer', content: [{ type: 'text', text: 'B' }] },
      ],
    });
    expect(body['system']).toEqual([
      { type: 'text', text: 'A' },
      { type: 'text', text: 'B' },
    ]);
    expect(body['messages']).toEqual([user('Hello')]);
  });

  test('gives images and files as blocks', () => {
    const content = [
      { type: 'text', text: 'See' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
      { type: 'file', file: { file_id: 'file_1' } },
    ];
    expect(turnsOf([{ role: 'user', content }])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
          {
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' },
            title: 'a.pdf',
          },
          { type: 'document', source: { type: 'file', file_id: 'file_1' } },
        ],
      },
    ]);
  });

  test('has the results of parallel calls, and what follows them, in one turn', () => {
    const call = (id: string, text: string) => ({ id, type: 'function', function: { name: 'f', arguments: text } });
    const turns = turnsOf([
      HELLO,
      { role: 'assistant', content: 'Wait', tool_calls: [call('call:1', '{"a":1}'), call('call_2', '')] },
      { role: 'tool', tool_call_id: 'call:1', content: 'one' },
      { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'two' }] },
      { role: 'user', content: 'Go on' },
    ]);
    expect(turns).toEqual([
      user('Hello'),
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Wait' },
          { type: 'tool_use', id: 'call_1', name: 'f', input: { a: 1 } },
          { type: 'tool_use', id: 'call_2', name: 'f', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_1', content: [{ type: 'text', text: 'one' }] },
          { type: 'tool_result', tool_use_id: 'call_2', content: [{ type: 'text', text: 'two' }] },
          { type: 'text', text: 'Go on' },
        ],
      },
    ]);
  });

  test('has no empty texts, keeps refusals, and arguments that are no JSON', () => {
    const broken = { id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":' } };
    expect(
      turnsOf([
        {
          role: 'user',
          content: [
            { type: 'text', text: '' },
            { type: 'text', text: 'Hello' },
          ],
        },
        { role: 'assistant', content: '', refusal: 'No.', tool_calls: [broken] },
        { role: 'tool', tool_call_id: 'c', content: '' },
      ]),
    ).toEqual([
      user('Hello'),
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'No.' },
          { type: 'tool_use', id: 'c', name: 'f', input: { arguments: '{"a":' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c' }] },
    ]);
  });

  test('is cached up to its end, and so are its instructions', () => {
    const cache_control = { type: 'ephemeral' };
    const { body } = translate({ messages: [{ role: 'system', content: 'A' }, HELLO] }, LATEST, true);
    expect(body['system']).toEqual([{ type: 'text', text: 'A', cache_control }]);
    expect(body['messages']).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Hello', cache_control }] }]);
  });
});
