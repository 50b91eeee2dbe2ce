import fc from 'fast-check';
import { conversationShare, turnOf } from '../../../lambda/wire/anthropic/request/conversation';
import type { MessagesBody } from '../../../lambda/wire/anthropic/request/message-request';

function body(first: string, rest: object = {}): MessagesBody {
  return { model: 'claude-opus-5-5', messages: [{ role: 'user', content: first }], ...rest };
}

const uuid = (i: number) => `0193c5a2-7e1f-7000-8000-${i.toString(16).padStart(12, '0')}`;

test.each<[string, (id: string) => number]>([
  ['session ids', (id) => conversationShare({ 'x-claude-code-session-id': id }, body('hi'))],
  ['user ids', (id) => conversationShare({}, body('hi', { metadata: { user_id: id } }))],
  ['first messages', (id) => conversationShare({}, body(id))],
])('10,000 %s spread evenly over ten shares', (_, share) => {
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[Math.floor(share(uuid(i)) * 10)]!++;
  expect(Math.min(...counts)).toBeGreaterThan(900);
  expect(Math.max(...counts)).toBeLessThan(1100);
});

test('a conversation keeps its share as it grows', () => {
  const first = { role: 'user', content: [{ type: 'text', text: 'Write a haiku.' }] };
  const later = [first, { role: 'assistant', content: 'Rain' }, { role: 'user', content: 'Another.' }];
  expect(conversationShare({}, { model: 'm', messages: later })).toBe(
    conversationShare({}, { model: 'm', messages: [first] }),
  );
});

test('the session counts before the user, the user before the message', () => {
  const headers = { 'x-claude-code-session-id': 'session-1' };
  const metadata = { user_id: 'user-1' };
  expect(conversationShare(headers, body('a', { metadata }))).toBe(conversationShare(headers, body('b')));
  expect(conversationShare({}, body('a', { metadata }))).toBe(conversationShare({}, body('b', { metadata })));
  expect(conversationShare({}, body('a', { metadata }))).not.toBe(conversationShare({}, body('a')));
});

test('any parsed body has a share in [0, 1)', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (messages, metadata) => {
      const share = conversationShare({}, { model: 'm', messages, metadata });
      return share >= 0 && share < 1;
    }),
  );
});

test('a message nested absurdly deep is cut off instead of overflowing the stack', () => {
  const messages: unknown[] = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  expect(conversationShare({}, { model: 'm', messages })).toBeLessThan(1);
});

test('only the first few thousand characters count', () => {
  const start = 'x'.repeat(5000);
  expect(conversationShare({}, body(`${start}a`))).toBe(conversationShare({}, body(`${start}b`)));
});

test('a conversation keeps its place when the mark of its prompt cache moves on, and when its text becomes a block', () => {
  const first = (content: unknown) => ({ model: 'm', messages: [{ role: 'user', content }] });
  const image = { type: 'image', source: { type: 'base64', data: 'AAAA' } };
  const marked = { cache_control: { type: 'ephemeral' } };
  const text = { type: 'text', text: 'hi' };
  expect(conversationShare({}, first([{ ...text, ...marked }]))).toBe(conversationShare({}, first('hi')));
  expect(conversationShare({}, first([text, { ...image, ...marked }]))).toBe(
    conversationShare({}, first([text, image])),
  );
  expect(conversationShare({}, first([text, image]))).not.toBe(conversationShare({}, first([text])));
});

test('only a conversation with an answer in it has begun, and two of one user are two', () => {
  const user = { metadata: { user_id: 'u' } };
  const [one, another] = [body('a', user), body('b', user)].map((each) => turnOf({}, each));
  expect(one!.conversation).not.toBe(another!.conversation);
  expect(one!.turns).toBe(0);
  const later = turnOf(
    {},
    { ...body('a', user), messages: [...body('a').messages, { role: 'assistant', content: 'x' }] },
  );
  expect(later).toEqual({ conversation: one!.conversation, turns: 1 });
});
