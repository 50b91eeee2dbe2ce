import { readRequests } from '../../../bin/compare/requests';
import samples from '../../../bin/compare/samples.json';

const BODY = { max_tokens: 10, messages: [{ role: 'user', content: 'a secret prompt' }] };

test('a request a line, with a name or without, and one list of them', () => {
  const lines = `${JSON.stringify(BODY)}\n\n${JSON.stringify({ name: 'second', request: BODY, betas: 'a,b' })}\n`;
  expect(readRequests(lines, 'p.jsonl')).toMatchObject([
    { name: 'request 1', body: BODY, expect: {} },
    { name: 'second', body: BODY, betas: 'a,b' },
  ]);
  expect(readRequests(JSON.stringify([BODY, BODY], null, 2), 'p.json')).toMatchObject([
    { name: 'request 1' },
    { name: 'request 2' },
  ]);
});

test.each([
  ['', 'p.jsonl: there is no request'],
  ['{"max_tokens":10,', 'p.jsonl:1: not a JSON object'],
  [`${JSON.stringify(BODY)}\n5`, 'p.jsonl:2: not a JSON object'],
  [JSON.stringify({ ...BODY, messages: 'a secret prompt' }), 'p.jsonl:1: messages must be a list'],
  [JSON.stringify({ messages: BODY.messages }), 'p.jsonl:1: max_tokens must be a number'],
  [JSON.stringify({ request: BODY, expected: {} }), 'p.jsonl:1: expected is not known beside "request"'],
  [
    JSON.stringify({ request: BODY, expect: { tool: 'x' } }),
    'p.jsonl:1: expect.tool is not as it should be; there are tools',
  ],
  [JSON.stringify({ request: BODY, expect: { refused: 'no' } }), 'p.jsonl:1: expect.refused is not as it should be'],
  [
    JSON.stringify([
      { name: 'a', request: BODY },
      { name: 'a', request: BODY },
    ]),
    'p.jsonl: two requests are called "a"',
  ],
])('%# says where and what is wrong, and quotes no prompt', (text, message) => {
  const read = () => readRequests(text, 'p.jsonl');
  expect(read).toThrow(message);
  expect(read).toThrow(expect.not.objectContaining({ message: expect.stringContaining('secret prompt') as string }));
});

test('twenty samples ship, each with a name of its own', () => {
  expect(readRequests(JSON.stringify(samples), 'samples')).toHaveLength(20);
});
