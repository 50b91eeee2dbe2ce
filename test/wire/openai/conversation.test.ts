import fc from 'fast-check';
import { toChatRequest } from '../../../lambda/wire/openai/to-chat-request';
import { ALL } from './chat-traits';

interface Sent {
  readonly role: string;
  readonly content: unknown;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string } }[];
  readonly tool_call_id?: string;
}

const image = (data: string): object => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });
const use = (id: string, name: string, input: object = {}): object => ({ type: 'tool_use', id, name, input });
const result = (id: string, content?: unknown, fields: object = {}): object => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
  ...fields,
});

function sent(messages: readonly object[]): readonly Sent[] {
  const { body } = toChatRequest({ model: 'claude-sonnet-5-5', max_tokens: 100, messages }, 'm', ALL);
  return body['messages'] as readonly Sent[];
}

describe('a conversation with tools, for another model', () => {
  test('says what the model said before its calls, and gives their arguments as text', () => {
    const content = [
      { type: 'text', text: 'I look.' },
      use('toolu_01A', 'weather', { city: 'Oslo' }),
      use('toolu_01B', 'time'),
    ];
    expect(
      sent([
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content },
      ])[1],
    ).toEqual({
      role: 'assistant',
      content: 'I look.',
      tool_calls: [
        { id: 'call00001', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        { id: 'call00002', type: 'function', function: { name: 'time', arguments: '{}' } },
      ],
    });
  });

  test('gives each result its own message, and marks the failed one', () => {
    const calls = [use('toolu_01A', 'weather'), use('toolu_01B', 'time')];
    const results = [
      result(
        'toolu_01B',
        [
          { type: 'text', text: 'no such' },
          { type: 'text', text: 'zone' },
        ],
        { is_error: true },
      ),
      result('toolu_01A', '12 degrees'),
      { type: 'text', text: 'And now?' },
    ];
    expect(
      sent([
        { role: 'assistant', content: calls },
        { role: 'user', content: results },
      ]).slice(1),
    ).toEqual([
      { role: 'tool', tool_call_id: 'call00002', content: 'Error: no such\nzone' },
      { role: 'tool', tool_call_id: 'call00001', content: '12 degrees' },
      { role: 'user', content: 'And now?' },
    ]);
  });

  test('a result of nothing says so', () => {
    const messages = [
      { role: 'assistant', content: [use('a', 'rm')] },
      { role: 'user', content: [result('a')] },
    ];
    expect(sent(messages)[1]).toMatchObject({ role: 'tool', content: '(no output)' });
  });

  test('tools that Claude Code has searched for are told in words', () => {
    const messages = [
      { role: 'assistant', content: [use('a', 'ToolSearch')] },
      { role: 'user', content: [result('a', [{ type: 'tool_reference', tool_name: 'WebFetch' }])] },
    ];
    const content = 'Found the tool WebFetch. It can be called now.';
    expect(sent(messages)[1]).toEqual({ role: 'tool', tool_call_id: 'call00001', content });
  });

  test('what results show comes after all of them, in order, each under its name, and before what the user says', () => {
    const messages = [
      { role: 'assistant', content: [use('a', 'screenshot'), use('b', 'plot'), use('c', 'date')] },
      {
        role: 'user',
        content: [
          result('a', [
            { type: 'text', text: 'Left:' },
            image('AAAA'),
            { type: 'text', text: 'Right:' },
            image('BBBB'),
          ]),
          result('b', [image('CCCC')]),
        ],
      },
      { role: 'user', content: [result('c', 'Monday'), { type: 'text', text: 'Well?' }] },
    ];
    const shown = (data: string): object => ({
      type: 'image_url',
      image_url: { url: `data:image/png;base64,${data}` },
    });
    expect(sent(messages).slice(1)).toEqual([
      {
        role: 'tool',
        tool_call_id: 'call00001',
        content: 'Left:\n[Attachment 1, shown below]\nRight:\n[Attachment 2, shown below]',
      },
      { role: 'tool', tool_call_id: 'call00002', content: '[Attachment 3, shown below]' },
      { role: 'tool', tool_call_id: 'call00003', content: 'Monday' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Attachment 1, from the result of screenshot (call00001):' },
          shown('AAAA'),
          { type: 'text', text: 'Attachment 2, from the result of screenshot (call00001):' },
          shown('BBBB'),
          { type: 'text', text: 'Attachment 3, from the result of plot (call00002):' },
          shown('CCCC'),
          { type: 'text', text: 'Well?' },
        ],
      },
    ]);
  });

  test('what Claude has thought is not said aloud', () => {
    const content = [
      { type: 'thinking', thinking: 'SECRET', signature: 'EqQB' },
      { type: 'redacted_thinking', data: 'SECRET' },
      { type: 'text', text: 'Hello.' },
    ];
    const body = {
      model: 'c',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content },
      ],
    };
    const { body: request, dropped } = toChatRequest(body, 'm', ALL);
    expect(JSON.stringify(request)).not.toContain('SECRET');
    expect(dropped).toEqual(['messages.*.content.*.thinking']);
  });

  test('any conversation keeps the order that servers demand: every call answered, results next to their calls', () => {
    const turn = fc.record({
      calls: fc.array(fc.constantFrom('screenshot', 'date'), { maxLength: 4 }),
      shows: fc.boolean(),
      says: fc.boolean(),
      isSplit: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 5 }), (turns) => {
        const messages: object[] = [{ role: 'user', content: 'Go' }];
        turns.forEach(({ calls, shows, says, isSplit }, at) => {
          const ids = calls.map((_, index) => `toolu_${at}_${index}`);
          messages.push({
            role: 'assistant',
            content: [{ type: 'text', text: `turn ${at}` }, ...calls.map((name, index) => use(ids[index]!, name))],
          });
          const results = ids.map((id) => result(id, shows ? [image('AAAA')] : 'ok'));
          const content = [...results, ...(says ? [{ type: 'text', text: 'go on' }] : [])];
          const parts = isSplit ? content.map((block) => [block]) : [content];
          for (const part of parts) messages.push({ role: 'user', content: part });
        });
        const open: string[] = [];
        const seen = new Set<string>();
        for (const { role, tool_calls = [], tool_call_id } of sent(messages)) {
          if (role === 'tool') expect(open.splice(open.indexOf(tool_call_id!), 1)).toEqual([tool_call_id]);
          else expect(open).toEqual([]);
          for (const { id } of tool_calls) {
            // What Mistral demands, and no longer than OpenAI takes.
            expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
            expect(seen.has(id)).toBe(false);
            seen.add(id);
            open.push(id);
          }
        }
        expect(open).toEqual([]);
      }),
    );
  });
});
