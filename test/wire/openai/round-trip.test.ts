import fc from 'fast-check';
import { isObject, type JsonObject } from '../../../lambda/engine/json';
import type { DoorModel } from '../../../lambda/wire/openai/door/request/asked';
import { ChunkWriter } from '../../../lambda/wire/openai/door/answer/chunk-writer';
import { fromMessageStream } from '../../../lambda/wire/openai/door/answer/from-stream';
import { toMessagesRequest } from '../../../lambda/wire/openai/door/request/to-messages';
import { toAskedResponse } from '../../../lambda/wire/openai/responses/request/to-messages';
import { toChatRequest } from '../../../lambda/wire/openai/to-chat-request';
import { fromChatStream } from '../../../lambda/wire/openai/from-chat-stream';
import { anyChat } from './any-chat';
import { ALL } from './chat-traits';
import { recordings } from './recordings';
import { ASKED, assembled, bytes, collect, each, eventsOf, plain } from './read-stream';

/** One that can do whatever may be asked. */
const ABLE: DoorModel = {
  maxTokens: 128_000,
  takesSampling: true,
  effort: ['low', 'medium', 'high'],
  thinking: ['adaptive', 'disabled'],
  structuredOutputs: true,
};
const encoded = (body: JsonObject): Uint8Array => new TextEncoder().encode(JSON.stringify(body));
const decoded = (json: Uint8Array): JsonObject => JSON.parse(new TextDecoder().decode(json)) as JsonObject;

const toClaude = (chat: JsonObject): JsonObject => {
  const { bytes: json, dropped } = toMessagesRequest(encoded(chat), () => ABLE, false);
  expect(dropped).toEqual([]);
  return decoded(json);
};
const toChat = (claude: JsonObject): JsonObject => {
  const { body, dropped } = toChatRequest(claude, 'claude-opus-5', ALL);
  expect(dropped).toEqual([]);
  const { stream: _stream, stream_options: _options, ...chat } = body;
  return chat;
};

it('what both dialects can say survives the way from OpenAI’s to Anthropic’s and back, and there again', () => {
  fc.assert(
    fc.property(anyChat, (chat) => {
      const claude = toClaude(chat);
      const back = toChat(claude);
      expect(back).toEqual(JSON.parse(JSON.stringify(chat)));
      expect(toClaude(back)).toEqual(claude);
    }),
    { numRuns: 300 },
  );
});

/** The same request in the words of Responses, which has no `stop`. */
function inResponses({
  messages,
  max_tokens,
  user,
  response_format: format,
  tools,
  tool_choice: choice,
  reasoning_effort: effort,
  stop: _,
  ...same
}: JsonObject): JsonObject {
  const list = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
  const part = (each: JsonObject): JsonObject =>
    each['type'] === 'text'
      ? { type: 'input_text', text: each['text'] }
      : { type: 'input_image', image_url: (each['image_url'] as JsonObject)['url'] };
  const input = list(messages).flatMap(({ role, content, tool_calls, tool_call_id }): JsonObject[] => {
    if (role === 'tool') return [{ type: 'function_call_output', call_id: tool_call_id, output: content }];
    const said =
      content === null ? [] : [{ role, content: Array.isArray(content) ? list(content).map(part) : content }];
    return [
      ...said,
      ...list(tool_calls).map((call) => ({
        type: 'function_call',
        call_id: call['id'],
        ...(call['function'] as object),
      })),
    ];
  });
  const named = isObject(choice) ? { type: 'function', ...(choice['function'] as object) } : choice;
  return {
    ...same,
    input,
    max_output_tokens: max_tokens,
    ...(user !== undefined && { safety_identifier: user }),
    ...(isObject(format) && { text: { format: { type: 'json_schema', ...(format['json_schema'] as object) } } }),
    ...(tools !== undefined && {
      tools: list(tools).map((tool) => ({ type: 'function', ...(tool['function'] as object) })),
    }),
    ...(named !== undefined && { tool_choice: named }),
    ...(effort !== undefined && { reasoning: { effort, summary: 'auto' } }),
  };
}

it('the same words in both of OpenAI’s dialects are the same to Claude', () => {
  fc.assert(
    fc.property(anyChat, (chat) => {
      const asked = toAskedResponse(encoded(inResponses(chat)), () => ABLE, false);
      const { stop_sequences: _, ...claude } = toClaude(chat);
      expect(decoded(asked.bytes)).toEqual(claude);
      expect(asked.dropped).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('an answer on OpenAI’s wire', () => {
  it.each(recordings.map(({ name, sse, stopReason }) => [name, sse, stopReason === 'refusal'] as const))(
    '%s: is the same after the way to Anthropic’s and back',
    async (_name, sse, isRefusal) => {
      const toMessage = (stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
        fromChatStream(stream, { ...ASKED, stopSequences: [] });
      const there = await collect(toMessage(each([bytes(sse)])));
      const chat = await collect(fromMessageStream(each(there), new ChunkWriter(true, 1)));
      expect(new TextDecoder().decode(chat.at(-1))).toMatch(/data: \[DONE\]\n\n$/);
      const again = await collect(toMessage(each(chat)));
      const [first, second] = [there, again].map((events) => assembled(eventsOf(events)));
      // What is refused is told once more, in the field for that.
      if (!isRefusal) expect(plain(second!['content'])).toEqual(plain(first!['content']));
      expect(second).toMatchObject({ stop_reason: first!['stop_reason'], usage: first!['usage'] });
    },
  );
});
