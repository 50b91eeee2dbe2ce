import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { parseJson } from '../../../lambda/engine/json';
import { recordings } from './recordings';
import { assembled, plain, translated } from './read-stream';

/** Vercel's providers read the same streams: what they make of them has to be what we do. */

const PROMPT = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }];

function providers(sse: string): Record<string, ReturnType<ReturnType<typeof createOpenAI>['chat']>> {
  const fetch = async (): Promise<Response> => new Response(sse, { headers: { 'content-type': 'text/event-stream' } });
  const baseURL = 'http://127.0.0.1/v1';
  return {
    '@ai-sdk/openai': createOpenAI({ apiKey: 'test', baseURL, fetch }).chat('gpt'),
    '@ai-sdk/openai-compatible': createOpenAICompatible({ name: 'any', baseURL, fetch, includeUsage: true }).chatModel(
      'gpt',
    ),
  };
}

interface Reading {
  text: string;
  thinking: string;
  calls: readonly { readonly name: string; readonly input: unknown }[];
  input: number | undefined;
  cached: number | undefined;
  stopReason: string;
}

const STOP_REASONS: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
};

async function theirs(model: ReturnType<typeof providers>[string]): Promise<Reading> {
  const { stream } = await model.doStream({ prompt: PROMPT });
  const reading: Reading = { text: '', thinking: '', calls: [], input: undefined, cached: undefined, stopReason: '' };
  for await (const part of stream) {
    if (part.type === 'text-delta') reading.text += part.delta;
    if (part.type === 'reasoning-delta') reading.thinking += part.delta;
    if (part.type === 'tool-call')
      reading.calls = [...reading.calls, { name: part.toolName, input: parseJson(part.input) ?? part.input }];
    if (part.type === 'error') throw part.error;
    if (part.type === 'finish') {
      reading.input = part.usage.inputTokens.total;
      reading.cached = part.usage.inputTokens.cacheRead ?? 0;
      reading.stopReason = STOP_REASONS[part.finishReason.unified] ?? part.finishReason.unified;
    }
  }
  return reading;
}

async function ours(sse: string): Promise<Reading> {
  const message = assembled(await translated(sse));
  const blocks = plain(message['content']) as readonly Record<string, unknown>[];
  const said = (field: string): string => blocks.map((block) => block[field] ?? '').join('');
  const usage = message['usage'] as Record<string, number>;
  return {
    text: said('text'),
    thinking: said('thinking'),
    calls: blocks.filter(({ type }) => type === 'tool_use').map(({ name, input }) => ({ name: String(name), input })),
    input: usage['input_tokens']! + usage['cache_read_input_tokens']!,
    cached: usage['cache_read_input_tokens'],
    stopReason: String(message['stop_reason']),
  };
}

/** What we read otherwise, and why: nothing of it goes unseen. Undefined where they refuse the stream. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, Partial<Reading> | undefined>>>> = {
  // The limit's cut is closed, as the Messages API does it.
  'OpenAI: cut by the limit inside of a call': both({
    calls: [{ name: 'write_file', input: '{"path":"a.txt","con' }],
  }),
  // OpenAI's own provider knows no thinking in this wire, and no content but text.
  'xAI: thinking, then a call in one piece': { '@ai-sdk/openai': { thinking: '' } },
  'Mistral: thinking in chunks of content': { '@ai-sdk/openai': undefined },
  // Google leaves the index out. A turn with calls ends in tool_use, whatever the server says.
  'Gemini: two signed calls, and "stop"': {
    '@ai-sdk/openai': undefined,
    '@ai-sdk/openai-compatible': { stopReason: 'end_turn' },
  },
  'Bedrock, GPT-OSS: thinking between tags': both({
    text: '<reasoning>The user asks which</reasoning><reasoning> bridge.</reasoning>The old one.',
    thinking: '',
  }),
  // They do not tell what it stopped at.
  'vLLM: thinking, and a stop sequence': {
    '@ai-sdk/openai': { thinking: '', stopReason: 'end_turn' },
    '@ai-sdk/openai-compatible': { stopReason: 'end_turn' },
  },
  // Arguments of nothing are the empty object to us.
  'a server that interleaves the pieces of its calls': both({
    calls: [
      { name: 'read_file', input: { path: 'one.txt' } },
      { name: 'read_file', input: { path: 'two.txt' } },
      { name: 'list', input: '' },
    ],
  }),
};

function both(difference: Partial<Reading>): Readonly<Record<string, Partial<Reading>>> {
  return Object.fromEntries(Object.keys(providers('')).map((name) => [name, difference]));
}

const CASES = recordings.flatMap((recorded) =>
  Object.keys(providers('')).map((provider) => [recorded.name, provider, recorded] as const),
);

test.each(CASES)('%s: %s reads the same', async (name, provider, recorded) => {
  const differences = DIFFERENCES[name] ?? {};
  const read = theirs(providers(recorded.sse)[provider]!);
  if (provider in differences && differences[provider] === undefined) await expect(read).rejects.toThrow();
  else expect(await read).toEqual({ ...(await ours(recorded.sse)), ...differences[provider] });
});
