import type { JsonObject } from '../../../../lambda/engine/json';
import { ask, BASE, OLDER } from './ask';

const SCHEMA = { type: 'object', properties: {}, additionalProperties: false };

describe('the fields of a request', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['input as a string', {}, {}],
    ['instructions', { instructions: 'Be brief.' }, { system: [{ type: 'text', text: 'Be brief.' }] }],
    ['max_output_tokens', { max_output_tokens: 20 }, { max_tokens: 20 }],
    ['safety_identifier', { safety_identifier: 'u' }, { metadata: { user_id: 'u' } }],
    ['stream', { stream: true }, { stream: true }],
    [
      'text.format',
      { text: { format: { type: 'json_schema', name: 'n', schema: SCHEMA } } },
      { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
    ],
    ['text.format of text', { text: { format: { type: 'text' } } }, {}],
    [
      'effort without a summary',
      { reasoning: { effort: 'high' } },
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'high' } },
    ],
    [
      'effort and summary',
      { reasoning: { effort: 'low', summary: 'auto' } },
      { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'low' } },
    ],
    [
      'a summary alone',
      { reasoning: { summary: 'detailed' } },
      { thinking: { type: 'adaptive', display: 'summarized' } },
    ],
    ['no effort', { reasoning: { effort: 'none' } }, { thinking: { type: 'disabled' } }],
    ['fallbacks', { fallbacks: ['claude-haiku-4-5'] }, { fallbacks: ['claude-haiku-4-5'] }],
  ])('%s', (_field, fields, expected) => {
    const { body, dropped } = ask(fields);
    expect(body).toEqual({ ...BASE, ...expected });
    expect(dropped).toEqual([]);
  });

  test('sampling goes to the models that have it', () => {
    const { body, dropped } = ask({ temperature: 0.2, top_p: 0.9 }, OLDER);
    expect(body).toMatchObject({ temperature: 0.2, top_p: 0.9 });
    expect(dropped).toEqual([]);
  });

  test('what Claude has nothing for is left out and named by its own name', () => {
    const { body, dropped } = ask({
      temperature: 0.2,
      text: { verbosity: 'low', format: { type: 'json_object' } },
      reasoning: { effort: 'utmost' },
      include: ['reasoning.encrypted_content', 'web_search_call.action.sources'],
      store: true,
      prompt_cache_key: 'k',
      truncation: 'auto',
      tools: [{ type: 'web_search' }, { type: 'mcp', server_label: 'x' }],
      tool_choice: 'auto',
    });
    expect(body).toEqual(BASE);
    expect(new Set(dropped)).toEqual(
      new Set([
        'temperature',
        'text.verbosity',
        'text.format',
        'reasoning.effort',
        'include',
        'store',
        'prompt_cache_key',
        'truncation',
        'tools.web_search',
        'tools.mcp',
      ]),
    );
  });

  test('what asks for nothing is not named', () => {
    const idle = {
      store: false,
      background: false,
      previous_response_id: null,
      include: [],
      top_logprobs: 0,
      metadata: { a: 'b' },
    };
    expect(ask(idle).dropped).toEqual([]);
  });
});

describe('a request that makes no sense is told where', () => {
  test.each<[string, JsonObject, string]>([
    ['no input', { input: null }, 'input: it must be a string or an array of items'],
    ['an empty one', { input: [] }, 'input: it must have a message'],
    ['instructions in a list', { instructions: ['Be brief.'] }, 'instructions: it must be a string'],
    ['a text that has no format', { text: 'json' }, 'text: it must be an object'],
    ['a reasoning that is an effort', { reasoning: 'high' }, 'reasoning: it must be an object'],
    ['an empty string', { input: '' }, 'input: it must have a message'],
    ['instructions alone', { input: [{ role: 'system', content: 'a' }] }, 'input: it must have a message'],
    ['an item that is none', { input: ['a'] }, 'input[0]: it must be an object'],
    [
      'an item of a type nobody knows',
      { input: [{ type: 'telepathy' }] },
      'input[0].type: it must be one of message, reasoning, function_call,',
    ],
    ['a type from the prototype', { input: [{ type: 'constructor' }] }, 'input[0].type: it must be one of'],
    ['a reference', { input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input[0]: this gateway keeps no items'],
    [
      'a role nobody has',
      { input: [{ role: 'tool', content: 'a' }] },
      'input[0].role: it must be one of system, developer, user, assistant',
    ],
    [
      'sound',
      { input: [{ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }] },
      'input[0].content[0].type: it must be one of input_text,',
    ],
    [
      'a call without an id',
      { input: [{ type: 'function_call', name: 'f', arguments: '' }] },
      'input[0].call_id: it must be a string',
    ],
    ['a tool without a name', { tools: [{ type: 'function' }] }, 'tools[0].name: it must be a string'],
    ['tools that are no list', { tools: {} }, 'tools: it must be an array'],
    [
      'a tool that is not there',
      { tools: [{ type: 'function', name: 'f' }], tool_choice: { type: 'function', name: 'g' } },
      'tool_choice: it must name one of the tools',
    ],
    [
      'a hosted tool by force',
      { tools: [{ type: 'web_search' }], tool_choice: { type: 'web_search' } },
      'tool_choice: it must name one of the tools',
    ],
    [
      'a format without a schema',
      { text: { format: { type: 'json_schema', name: 'n' } } },
      'text.format.schema: it must be a JSON schema',
    ],
    ['a stored prompt', { prompt: { id: 'pmpt_1' } }, 'prompt: this gateway keeps no prompts'],
    ['no model', { model: undefined }, 'model: Field required'],
    [
      'a nest',
      { input: JSON.parse('['.repeat(3000) + ']'.repeat(3000)) as unknown },
      'the request body nests deeper than 2000 levels',
    ],
  ])('%s', (_what, fields, message) => {
    expect(() => ask(fields)).toThrow(message);
  });
});
