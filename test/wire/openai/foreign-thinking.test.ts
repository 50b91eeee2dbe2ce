import { FOREIGN_SIGNATURE } from '../../../lambda/wire/anthropic/request/foreign-marks';
import { withoutForeignThinking } from '../../../lambda/wire/anthropic/request/foreign-thinking';
import { recording } from './recordings';
import { assembled, translated } from './read-stream';

const HELLO = { role: 'user', content: 'Hello' };

describe('a conversation that a last resort has answered', () => {
  test('goes on at Claude without what that model has thought', async () => {
    const { content } = assembled(await translated(recording('xAI: thinking, then a call in one piece').sse));
    const [, use] = content as readonly { id: string }[];
    const answered = { role: 'user', content: [{ type: 'tool_result', tool_use_id: use!.id, content: '12' }] };
    const body = { model: 'c', messages: [HELLO, { role: 'assistant', content }, answered] };
    expect(withoutForeignThinking(body)).toEqual({
      model: 'c',
      messages: [HELLO, { role: 'assistant', content: [use] }, answered],
    });
  });

  test('loses a message of nothing but thinking', () => {
    const thinking = { type: 'thinking', thinking: 'Hm', signature: FOREIGN_SIGNATURE };
    const body = { messages: [HELLO, { role: 'assistant', content: [thinking] }, HELLO] };
    expect(withoutForeignThinking(body)).toEqual({ messages: [HELLO, HELLO] });
  });
});

describe('a round of calls that a last resort has begun, for a model that thinks by a budget', () => {
  const thinking = { type: 'enabled', budget_tokens: 2048 };
  const round = async (): Promise<object[]> => {
    const { content } = assembled(await translated(recording('OpenAI: text, then two calls at once').sse));
    const uses = (content as readonly { id?: string }[]).filter(({ id }) => id !== undefined);
    const results = uses.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'ok' }));
    return [HELLO, { role: 'assistant', content }, { role: 'user', content: results }];
  };
  const own = [
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01AbC', name: 'a', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01AbC', content: 'ok' }] },
  ];
  const thought = { type: 'thinking', thinking: 'Hm', signature: 'EqQB' };

  test('goes on without thinking, and without what clears it, until it ends', async () => {
    const edits = [{ type: 'clear_thinking_20251015' }, { type: 'clear_tool_uses_20250919' }];
    const messages = await round();
    const body = { thinking, messages, context_management: { edits } };
    expect(withoutForeignThinking(body)).toEqual({ messages, context_management: { edits: edits.slice(1) } });
    const cleared = { thinking, messages, context_management: { edits: edits.slice(0, 1) } };
    expect(withoutForeignThinking(cleared)).toEqual({ messages });
    const later = { thinking, messages: [...messages, ...own] };
    expect(withoutForeignThinking(later)).toEqual({ messages: later.messages });
  });

  test('thinks again in the next, and wherever it decides itself how much', async () => {
    const messages = await round();
    const ended = { thinking, messages: [...messages, { role: 'assistant', content: 'Done.' }, HELLO] };
    expect(withoutForeignThinking(ended)).toBe(ended);
    const [call, result] = own;
    const next = { role: 'assistant', content: [thought, ...call!.content] };
    const begun = { thinking, messages: [...ended.messages, next, result] };
    expect(withoutForeignThinking(begun)).toBe(begun);
    const adaptive = { thinking: { type: 'adaptive' }, messages };
    expect(withoutForeignThinking(adaptive)).toBe(adaptive);
  });

  test('is left to Claude to refuse, where it is Claude’s own', () => {
    const body = { thinking, messages: [HELLO, ...own] };
    expect(withoutForeignThinking(body)).toBe(body);
  });
});

test('any other conversation is left as it is, to the byte', () => {
  const messages = [
    HELLO,
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 'EqQBCkYIBx' },
        { type: 'tool_use', id: 'toolu_01_sig_x', name: 'a', input: { signature: FOREIGN_SIGNATURE } },
        null,
      ],
    },
    'no message',
  ];
  const body = { messages };
  expect(withoutForeignThinking(body)).toBe(body);
  for (const odd of [{}, { messages: 'x' }, { messages: [{ role: 'user', content: [{ type: 'tool_result' }] }] }]) {
    expect(withoutForeignThinking(odd)).toBe(odd);
  }
});
