import fc from 'fast-check';
import type { JsonObject } from '../../../lambda/engine/json';

/** What both dialects can say, in the one form that each of them has for it. */

const words = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== '');
const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_-]{0,20}$/);
const url = fc.webUrl();

const schema = fc
  .dictionary(name, fc.constantFrom('string', 'integer', 'boolean'), { maxKeys: 3 })
  .map((fields): JsonObject => ({
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, { type }])),
    required: Object.keys(fields),
    additionalProperties: false,
  }));

const image = fc.oneof(
  url,
  fc.base64String({ minLength: 4 }).map((data) => `data:image/png;base64,${data}`),
);
const part = fc.oneof(
  words.map((text) => ({ type: 'text', text })),
  image.map((address) => ({ type: 'image_url', image_url: { url: address } })),
);
/** Text by itself is a string. */
const content = fc.oneof(
  words,
  fc.array(part, { minLength: 1, maxLength: 3 }).filter((parts) => parts.some(({ type }) => type === 'image_url')),
);

const call = fc.record({
  name,
  input: fc.dictionary(name, fc.oneof(fc.integer(), words, fc.boolean())),
  result: words,
});
const round = fc.record({
  asked: content,
  said: fc.option(words, { nil: null }),
  calls: fc.array(call, { maxLength: 3 }),
  answered: words,
});

type Round = typeof round extends fc.Arbitrary<infer T> ? T : never;

/** Calls are numbered, as they are for a server. */
function messagesOf(rounds: readonly Round[], last: unknown): JsonObject[] {
  let count = 0;
  return [
    ...rounds.flatMap(({ asked, said, calls, answered }): JsonObject[] => {
      const made = calls.map(({ name: of, input, result }) => ({
        id: `call${String(++count).padStart(5, '0')}`,
        of,
        input,
        result,
      }));
      const tool_calls = made.map(({ id, of, input }) => ({
        id,
        type: 'function',
        function: { name: of, arguments: JSON.stringify(input) },
      }));
      return [
        { role: 'user', content: asked },
        ...(made.length > 0 ? [{ role: 'assistant', content: said, tool_calls }] : []),
        ...made.map(({ id, result }) => ({ role: 'tool', tool_call_id: id, content: result })),
        { role: 'assistant', content: answered },
      ];
    }),
    { role: 'user', content: last },
  ];
}

/** Two answers in a row are one there: after results there is always another. */
const conversation = fc
  .record({ system: fc.option(words, { nil: undefined }), rounds: fc.array(round, { maxLength: 3 }), last: content })
  .map(({ system, rounds, last }) => [
    ...(system === undefined ? [] : [{ role: 'system', content: system }]),
    ...messagesOf(rounds, last),
  ]);

const tools = fc.uniqueArray(
  fc.record(
    { name, description: words, parameters: schema, strict: fc.constant(true) },
    { requiredKeys: ['name', 'parameters'] },
  ),
  { minLength: 1, maxLength: 3, selector: (tool) => tool.name },
);
const choice = fc.constantFrom('auto', 'required', 'none', 'named', undefined);
const used = fc
  .record({ tools, choice, isParallel: fc.boolean() })
  .map(({ tools: list, choice: how, isParallel }): JsonObject => {
    const tool_choice = how === 'named' ? { type: 'function', function: { name: list[0]!.name } } : how;
    const isAlone = !isParallel && how !== 'none';
    return {
      tools: list.map((each) => ({ type: 'function', function: each })),
      ...(isAlone
        ? { tool_choice: tool_choice ?? 'auto', parallel_tool_calls: false }
        : tool_choice !== undefined && { tool_choice }),
    };
  });

/** Sampling, or thought: Claude has not both. */
const manner = fc.oneof(
  fc.record(
    { temperature: fc.double({ min: 0, max: 1, noNaN: true }), top_p: fc.double({ min: 0, max: 1, noNaN: true }) },
    { requiredKeys: [] },
  ),
  fc.constantFrom('low', 'medium', 'high').map((reasoning_effort) => ({ reasoning_effort })),
);

export const anyChat: fc.Arbitrary<JsonObject> = fc
  .record({
    messages: conversation,
    max_tokens: fc.integer({ min: 1, max: 100_000 }),
    stop: fc.option(fc.array(words, { minLength: 1, maxLength: 4 }), { nil: undefined }),
    user: fc.option(
      words.filter((text) => text.length <= 64),
      { nil: undefined },
    ),
    format: fc.option(schema, { nil: undefined }),
    used: fc.option(used, { nil: {} }),
    manner,
  })
  .map(({ format, used: withTools, manner: how, stop, user, ...fields }) => ({
    model: 'claude-opus-5',
    ...fields,
    ...(stop && { stop }),
    ...(user !== undefined && { user }),
    ...(format && {
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: format, strict: true } },
    }),
    ...withTools,
    ...how,
  }));
