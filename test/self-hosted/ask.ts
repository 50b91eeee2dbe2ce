import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { CLAUDE } from './gateway';

/** The tool whose arguments the grammar leaves next to no choice. */
export const TOOL = {
  name: 'get_weather',
  description: 'The weather in a city',
  input_schema: {
    type: 'object' as const,
    properties: { city: { type: 'string', enum: ['Paris', 'Rome'] } },
    required: ['city'],
  },
};
export const QUESTION = { role: 'user' as const, content: 'Weather in Rome?' };
export const ASKED = { model: CLAUDE, max_tokens: 256, temperature: 0, messages: [QUESTION] };
/** All that the model can say. */
export const SENTENCE = 'I am a model of one layer.';

export const sdk = (baseURL: string): Anthropic =>
  new Anthropic({ baseURL, apiKey: 'any', maxRetries: 0, logLevel: 'off' });

/** In Anthropic's order: one block open at a time, and every one of them closed. */
export async function readInOrder(stream: AsyncIterable<Anthropic.MessageStreamEvent>): Promise<void> {
  const types: string[] = [];
  let open: number | undefined;
  for await (const event of stream) {
    types.push(event.type);
    if (event.type === 'content_block_start') {
      assert.equal(open, undefined, `block ${event.index} begins while block ${open} is open`);
      open = event.index;
      if (event.content_block.type === 'tool_use') assert.deepEqual(event.content_block.input, {});
    }
    if (event.type === 'content_block_delta' || event.type === 'content_block_stop') assert.equal(event.index, open);
    if (event.type === 'content_block_stop') open = undefined;
  }
  assert.equal(open, undefined, `block ${open} is never closed`);
  assert.equal(types[0], 'message_start');
  assert.deepEqual(types.slice(-2), ['message_delta', 'message_stop']);
}

/** The trace of a request that nobody answers. */
export async function traceOfFailure(url: string, fields: object): Promise<string> {
  const failure: unknown = await sdk(url)
    .messages.create({ ...ASKED, ...fields })
    .then(
      () => assert.fail('it was answered'),
      (error: unknown) => error,
    );
  assert(failure instanceof Anthropic.APIError);
  return failure.headers?.get('x-failover-trace') ?? '';
}
