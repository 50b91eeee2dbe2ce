import { InvalidRequest } from '../../../lambda/engine/dialect';
import { parseMessagesBody } from '../../../lambda/wire/anthropic/request/message-request';

const parse = (text: string) => parseMessagesBody(new TextEncoder().encode(text));

test('a body with unknown fields passes: they are the host’s to judge', () => {
  expect(parse('{"model":"m","messages":[],"brand_new":{"a":1}}')).toMatchObject({ brand_new: { a: 1 } });
});

test.each([
  ['an empty body', '', 'the request body is empty; send a JSON object'],
  ['broken JSON', '{"model":', 'the request body is not valid JSON'],
  ['an array', '[]', 'the request body must be a JSON object'],
  ['no model', '{"messages":[]}', 'model: Field required'],
  ['a model that is a number', '{"model":5,"messages":[]}', 'model: Input should be a valid string'],
  ['no messages', '{"model":"m"}', 'messages: Field required'],
  ['messages that are text', '{"model":"m","messages":"hi"}', 'messages: Input should be a valid array'],
  ['a stream that is text', '{"model":"m","messages":[],"stream":"yes"}', 'stream: Input should be a valid boolean'],
])('%s is refused in Anthropic’s words', (_what, body, message) => {
  expect(() => parse(body)).toThrow(new InvalidRequest(message));
});

test('bytes that are not UTF-8 are refused without being quoted', () => {
  expect(() => parseMessagesBody(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('the request body is not valid UTF-8');
});

test('the error for broken JSON does not quote the prompt', () => {
  expect(() => parse('{"messages":[{"content":"my secret diary"')).not.toThrow(/diary/);
});

test('a body that nests a hundred thousand levels is refused before anything walks it', () => {
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const body = `{"model":"m","messages":[{"role":"user","content":${nested}}]}`;
  expect(() => parse(body)).toThrow(
    new InvalidRequest('the request body nests deeper than 2000 levels; send a flatter one'),
  );
});

test('brackets inside of text are no levels', () => {
  const content = '[{"'.repeat(10_000);
  expect(parse(JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }))).toMatchObject({ model: 'm' });
});
