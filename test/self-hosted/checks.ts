import assert from 'node:assert/strict';
import type Anthropic from '@anthropic-ai/sdk';
import type { Checks } from '../checks';
import { ASKED, QUESTION, readInOrder, sdk, SENTENCE, TOOL, traceOfFailure } from './ask';
import { type Gateway, startGateway, type Way } from './gateway';
import { MODEL_NAME } from './model-server';

/** What a client is given, and what it is not, however the server is reached. */
export async function checkWay({ check }: Checks, way: Way, server: string): Promise<void> {
  const gateway = await startGateway(way, server);
  const named = (what: string): string => `kind ${way}: ${what}`;
  try {
    await check(named('a whole answer'), () => whole(gateway));
    await check(named('a streamed one, in the order of events'), () => streamed(gateway));
    await check(named('a turn with a tool, streamed and whole, and what comes after it'), () => toolTurn(gateway));
    await check(named('an answer that ends at the limit'), () => limited(gateway));
    await check(named('a server counts no tokens for Claude'), async () => {
      await assert.rejects(sdk(gateway.url).messages.countTokens({ model: ASKED.model, messages: [QUESTION] }));
    });
    await check(named('a prompt that is too long is the request’s'), async () => {
      const content = 'Weather? '.repeat(4000);
      assert.match(await traceOfFailure(gateway.url, { messages: [{ role: 'user', content }] }), /own:too-large$/);
    });
    await check(named('an image that it cannot see is no fault of the server'), async () => {
      const source = { type: 'base64', media_type: 'image/png', data: PNG };
      const messages = [{ role: 'user', content: [{ type: 'image', source }] }];
      assert.match(await traceOfFailure(gateway.url, { messages }), /connection, own:incompatible$/);
      await whole(gateway);
    });
  } finally {
    await gateway.close();
  }
  await check(named('a wrong key is found'), () => wrongKey(way, server));
}

/** 1 by 1 pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function whole({ url }: Gateway): Promise<void> {
  const { data, response } = await sdk(url).messages.create(ASKED).withResponse();
  assert.deepEqual(textOf(data), SENTENCE);
  assert.equal(data.stop_reason, 'end_turn');
  assert.equal(data.model, MODEL_NAME);
  assert.equal(response.headers.get('x-failover-model'), MODEL_NAME);
  assert(data.usage.output_tokens > 0, 'nothing was counted');
}

async function streamed({ url }: Gateway): Promise<void> {
  await readInOrder(await sdk(url).messages.create({ ...ASKED, stream: true }));
  const message = await sdk(url).messages.stream(ASKED).finalMessage();
  assert.equal(textOf(message), SENTENCE);
  assert(message.usage.output_tokens > 0, 'nothing was counted');
}

async function toolTurn({ url }: Gateway): Promise<void> {
  const forced = { ...ASKED, tools: [TOOL], tool_choice: { type: 'any' as const, disable_parallel_tool_use: true } };
  await readInOrder(await sdk(url).messages.create({ ...forced, stream: true }));
  const called = await sdk(url).messages.stream(forced).finalMessage();
  const call = called.content.find((block) => block.type === 'tool_use');
  assert(call, 'no tool was called');
  assert.equal(called.stop_reason, 'tool_use');
  assert.equal(call.name, TOOL.name);
  assert(TOOL.input_schema.properties.city.enum.includes((call.input as { city: string }).city));
  assert.equal((await sdk(url).messages.create(forced)).stop_reason, 'tool_use');

  const result = { type: 'tool_result' as const, tool_use_id: call.id, content: 'Rain, 12 degrees.' };
  const messages = [
    QUESTION,
    { role: 'assistant' as const, content: called.content },
    { role: 'user' as const, content: [result] },
  ];
  const last = await sdk(url).messages.create({ ...ASKED, tools: [TOOL], messages });
  assert.equal(textOf(last), SENTENCE);
}

async function limited({ url }: Gateway): Promise<void> {
  const message = await sdk(url).messages.create({ ...ASKED, max_tokens: 3 });
  assert.equal(message.stop_reason, 'max_tokens');
  assert(SENTENCE.startsWith(textOf(message)));
}

async function wrongKey(way: Way, server: string): Promise<void> {
  const gateway = await startGateway(way, server, 'a-wrong-key');
  try {
    assert.match(await traceOfFailure(gateway.url, {}), /own:credential$/);
  } finally {
    await gateway.close();
  }
}

const textOf = ({ content }: Anthropic.Message): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('');
