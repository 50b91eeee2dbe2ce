import type { JsonObject } from '../../../../lambda/engine/json';
import { carried } from '../../../../lambda/wire/openai/responses/thoughts';
import { ask, BASE, LATEST, user } from './ask';

const DATA_URL = 'data:image/png;base64,iVBORw0KGgo=';
const turnsOf = (input: readonly unknown[]): unknown => ask({ input }).body['messages'];

describe('items', () => {
  const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{"a":1}' });
  const result = (id: string, output: unknown = 'ok') => ({ type: 'function_call_output', call_id: id, output });
  const use = (id: string) => ({ type: 'tool_use', id, name: 'f', input: { a: 1 } });
  const given = (id: string, text = 'ok') => ({
    type: 'tool_result',
    tool_use_id: id,
    content: [{ type: 'text', text }],
  });

  test.each<[string, JsonObject[], unknown]>([
    [
      'messages, with and without a type',
      [
        { role: 'user', content: 'a' },
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'b' }] },
      ],
      [user('a', 'b')],
    ],
    [
      'what the assistant has said',
      [
        { role: 'user', content: 'a' },
        {
          type: 'message',
          role: 'assistant',
          id: 'msg_1',
          status: 'completed',
          content: [
            { type: 'output_text', text: 'b', annotations: [] },
            { type: 'refusal', refusal: 'c' },
          ],
        },
      ],
      [user('a'), { ...user('b', 'c'), role: 'assistant' }],
    ],
    [
      'images and files',
      [
        {
          role: 'user',
          content: [
            { type: 'input_image', image_url: DATA_URL, detail: 'auto' },
            { type: 'input_image', file_id: 'file_1' },
            { type: 'input_file', file_url: 'https://a.b/c.pdf' },
            { type: 'input_file', filename: 'c.pdf', file_data: 'data:application/pdf;base64,AA==' },
          ],
        },
      ],
      [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
            { type: 'image', source: { type: 'file', file_id: 'file_1' } },
            { type: 'document', source: { type: 'url', url: 'https://a.b/c.pdf' } },
            {
              type: 'document',
              title: 'c.pdf',
              source: { type: 'base64', media_type: 'application/pdf', data: 'AA==' },
            },
          ],
        },
      ],
    ],
    [
      'parallel calls, their results in the order of the calls',
      [{ role: 'user', content: 'a' }, call('1'), call('2'), result('2'), result('1')],
      [
        user('a'),
        { role: 'assistant', content: [use('1'), use('2')] },
        { role: 'user', content: [given('1'), given('2')] },
      ],
    ],
    [
      'calls one after the other',
      [{ role: 'user', content: 'a' }, call('1'), result('1'), call('2'), result('2')],
      [
        user('a'),
        { role: 'assistant', content: [use('1')] },
        { role: 'user', content: [given('1')] },
        { role: 'assistant', content: [use('2')] },
        { role: 'user', content: [given('2')] },
      ],
    ],
    [
      'a result that comes after other words',
      [{ role: 'user', content: 'a' }, call('1'), { role: 'user', content: 'b' }, result('1')],
      [
        user('a'),
        { role: 'assistant', content: [use('1')] },
        { role: 'user', content: [given('1'), { type: 'text', text: 'b' }] },
      ],
    ],
    [
      'ids that Claude does not take',
      [{ role: 'user', content: 'a' }, call('call|1'), result('call|1')],
      [user('a'), { role: 'assistant', content: [use('call_1')] }, { role: 'user', content: [given('call_1')] }],
    ],
    [
      'a result with an image',
      [
        { role: 'user', content: 'a' },
        call('1'),
        result('1', [
          { type: 'input_text', text: 't' },
          { type: 'input_image', image_url: DATA_URL },
        ]),
      ],
      [
        user('a'),
        { role: 'assistant', content: [use('1')] },
        {
          role: 'user',
          content: [
            {
              ...given('1', 't'),
              content: [
                { type: 'text', text: 't' },
                { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
              ],
            },
          ],
        },
      ],
    ],
    [
      'custom calls, shells and patches',
      [
        { role: 'user', content: 'a' },
        { type: 'custom_tool_call', call_id: '1', name: 'apply', input: 'x' },
        { type: 'shell_call', call_id: '2', action: { commands: ['ls'] } },
        { type: 'local_shell_call', id: 'l', call_id: '3', action: { type: 'exec', command: ['ls'], env: {} } },
        { type: 'apply_patch_call', call_id: '4', operation: { type: 'delete_file', path: 'a' } },
        { type: 'function_call', call_id: '5', name: 'f', namespace: 'space', arguments: 'no JSON' },
        { type: 'custom_tool_call_output', call_id: '1', output: 'y' },
        {
          type: 'shell_call_output',
          call_id: '2',
          output: [{ stdout: 'a', stderr: '', outcome: { type: 'exit', exit_code: 0 } }],
        },
        { type: 'local_shell_call_output', id: '3', output: 'z' },
        { type: 'apply_patch_call_output', call_id: '4', status: 'failed', output: 'no file' },
        { type: 'function_call_output', call_id: '5', output: '' },
      ],
      [
        user('a'),
        {
          role: 'assistant',
          content: [
            { type: 'tool_use', id: '1', name: 'apply', input: { input: 'x' } },
            { type: 'tool_use', id: '2', name: 'shell', input: { commands: ['ls'] } },
            { type: 'tool_use', id: '3', name: 'local_shell', input: { command: ['ls'] } },
            { type: 'tool_use', id: '4', name: 'apply_patch', input: { type: 'delete_file', path: 'a' } },
            { type: 'tool_use', id: '5', name: 'space__f', input: { arguments: 'no JSON' } },
          ],
        },
        {
          role: 'user',
          content: [
            given('1', 'y'),
            given('2', '[{"stdout":"a","stderr":"","outcome":{"type":"exit","exit_code":0}}]'),
            given('3', 'z'),
            { ...given('4', 'no file'), is_error: true },
            { type: 'tool_result', tool_use_id: '5' },
          ],
        },
      ],
    ],
  ])('%s', (_what, input, turns) => {
    expect(turnsOf(input)).toEqual(turns);
  });

  test('system and developer messages are instructions, after those of the request', () => {
    const input = [
      { role: 'developer', content: 'b' },
      { role: 'user', content: 'Hello' },
      { role: 'system', content: 'c' },
    ];
    expect(ask({ instructions: 'a', input }).body).toEqual({
      ...BASE,
      system: ['a', 'b', 'c'].map((text) => ({ type: 'text', text })),
    });
  });

  test("Claude's own thoughts go back to it, another model's are left out and named", () => {
    const thought = { type: 'thinking', thinking: 'Hm “é”', signature: 'sig' };
    const input = [
      { role: 'user', content: 'a' },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: carried(thought) },
      { type: 'reasoning', id: 'rs_2', summary: [{ type: 'summary_text', text: 'x' }] },
      { type: 'reasoning', id: 'rs_3', summary: [], encrypted_content: 'gAAAAAB' },
      { type: 'reasoning', id: 'rs_4', summary: [], encrypted_content: carried({ type: 'tool_use', id: 'toolu_1' }) },
      call('1'),
      result('1'),
    ];
    const { body, dropped } = ask({ input });
    expect((body['messages'] as unknown[])[1]).toEqual({ role: 'assistant', content: [thought, use('1')] });
    expect(dropped).toEqual(['input.reasoning']);
  });

  test('calls that ran at OpenAI are left out and named', () => {
    const { body, dropped } = ask({
      input: [
        { role: 'user', content: 'Hello' },
        { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      ],
    });
    expect(body).toEqual(BASE);
    expect(dropped).toEqual(['input.web_search_call']);
  });

  test('instructions and the last turn are marked for the prompt cache', () => {
    const { body } = ask({ instructions: 'a' }, LATEST, true);
    const cache_control = { type: 'ephemeral' };
    expect(body).toMatchObject({ system: [{ cache_control }], messages: [{ content: [{ cache_control }] }] });
  });
});
