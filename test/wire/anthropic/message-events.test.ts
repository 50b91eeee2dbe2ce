import Anthropic from '@anthropic-ai/sdk';
import fc from 'fast-check';
import type { JsonObject } from '../../../lambda/engine/json';
import { MessageAssembler } from '../../../lambda/wire/anthropic/answer/assemble-message';
import { messageEvents } from '../../../lambda/wire/anthropic/answer/message-events';
import { answers } from '../../fixtures/answers/read-answers';

/** What the official SDK makes of a stream. */
async function accumulated(stream: Uint8Array): Promise<unknown> {
  const client = new Anthropic({
    apiKey: 'test',
    maxRetries: 0,
    fetch: () => Promise.resolve(new Response(stream.slice(), { headers: { 'content-type': 'text/event-stream' } })),
  });
  const final = await client.beta.messages
    .stream({ model: 'claude-sonnet-4-6', max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }] })
    .finalMessage();
  // The SDK's own field, not the API's.
  const { parsed_output: _parsed, ...received } = final;
  return received;
}

function assembled(stream: Uint8Array): JsonObject {
  const assembler = new MessageAssembler();
  assembler.write(stream);
  assembler.end();
  return assembler.message();
}

describe.each(answers.map(({ name, message }) => [name, message as JsonObject] as const))(
  'the Message of %s',
  (_, message) => {
    test('comes as a stream of which the official SDK makes the same Message', async () => {
      expect(await accumulated(messageEvents(message))).toEqual(message);
    });

    test('comes as a stream of which the router makes the same Message', () => {
      expect(assembled(messageEvents(message))).toEqual(message);
    });
  },
);

const text = fc.string({ unit: 'binary', maxLength: 500 });
const block = fc.oneof(
  fc.record({ type: fc.constant('text'), text }),
  fc.record({
    type: fc.constant('text'),
    text,
    citations: fc.array(fc.record({ type: fc.constant('char_location'), cited_text: text }), { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('thinking'), thinking: text, signature: text }),
  fc.record({ type: fc.constant('redacted_thinking'), data: text }),
  fc.record({
    type: fc.constant('tool_use'),
    id: fc.constant('toolu_01'),
    name: fc.constant('find'),
    input: fc.dictionary(text, fc.jsonValue()),
  }),
);

test('whatever blocks a Message has, its stream comes to them again', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (content) => {
      const usage = { input_tokens: 7, output_tokens: 3 };
      const message = {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content,
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage,
      };
      // As JSON has it: there is no -0 in it.
      const plain = JSON.parse(JSON.stringify(message)) as JsonObject;
      expect(assembled(messageEvents(plain))).toEqual(plain);
    }),
  );
});

test('a long text comes in pieces, and no piece ends within a character', () => {
  const message = {
    type: 'message',
    content: [{ type: 'text', text: `a${'😀'.repeat(500)}` }],
    stop_reason: 'end_turn',
  };
  const pieces = [...new TextDecoder().decode(messageEvents(message)).matchAll(/"text_delta","text":("[^"]*")/g)];
  expect(pieces.length).toBeGreaterThan(5);
  for (const [, piece] of pieces) expect((JSON.parse(piece!) as string).isWellFormed()).toBe(true);
});
