import { FOREIGN_SIGNATURE, withoutForeignThinking } from '../../../lambda/wire/anthropic/request/foreign-thinking';
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
