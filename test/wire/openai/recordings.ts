import {
  AZURE_FIRST,
  DONE,
  SIGNATURE,
  azureChunk,
  azureUsage,
  bedrockChunk,
  geminiCall,
  geminiChunk,
  llamaCppTools,
  mistralChunk,
  mistralThought,
  openaiChunk,
  openaiUsage,
  sse,
  toolDelta,
  vllmChunk,
  vllmUsage,
  xaiChunk,
  type Json,
} from './chunks';

/** Answers in the shapes in which servers of the OpenAI wire really send them; what they say is ours but for those word for word. */
export interface Recording {
  readonly name: string;
  readonly sse: string;
  /** The Message that becomes of it, for a client that asked for thinking. */
  readonly content: readonly Json[];
  readonly stopReason: string;
  readonly usage: readonly [input: number, cached: number, output: number];
}

const ROLE = { role: 'assistant', content: '', refusal: null };
const tool = (name: string, input: Json): Json => ({ type: 'tool_use', name, input });
const text = (said: string): Json => ({ type: 'text', text: said });
const thinking = (thought: string): Json => ({ type: 'thinking', thinking: thought });

export const recordings: readonly Recording[] = [
  {
    name: 'OpenAI: text',
    sse:
      sse([
        openaiChunk(ROLE),
        ...['Die', ' Brücke', ' ist 日本', ' "offen"', '.\n', '🌉'].map((content) => openaiChunk({ content })),
        openaiChunk({}, 'stop'),
        openaiUsage(1200, 1024, 7),
      ]) + DONE,
    content: [text('Die Brücke ist 日本 "offen".\n🌉')],
    stopReason: 'end_turn',
    usage: [176, 1024, 7],
  },
  {
    name: 'OpenAI: text, then two calls at once',
    sse:
      sse([
        openaiChunk(ROLE),
        openaiChunk({ content: 'I look' }),
        openaiChunk({ content: ' it up.' }),
        openaiChunk(toolDelta(0, 'call_NZa7xqfefoaMI2YYHowVXVlU', 'get_weather', '')),
        ...['{"ci', 'ty":"', 'Oslo', '","unit":null}'].map((args) =>
          openaiChunk(toolDelta(0, undefined, undefined, args)),
        ),
        openaiChunk(toolDelta(1, 'call_8Zq0Lw2mXc1RtYbN5vKdPfGh', 'get_time', '')),
        ...['{"zone":', '"Europe/Oslo"}'].map((args) => openaiChunk(toolDelta(1, undefined, undefined, args))),
        openaiChunk({}, 'tool_calls'),
        openaiUsage(58, 0, 41, 16),
      ]) + DONE,
    content: [
      text('I look it up.'),
      tool('get_weather', { city: 'Oslo', unit: null }),
      tool('get_time', { zone: 'Europe/Oslo' }),
    ],
    stopReason: 'tool_use',
    usage: [58, 0, 41],
  },
  {
    name: 'OpenAI: a call without arguments',
    sse:
      sse([
        openaiChunk({ ...ROLE, content: null }),
        openaiChunk(toolDelta(0, 'call_Pq3Ls7Xn0VbCzMk5WtRyHjAd', 'list_files', '')),
        openaiChunk(toolDelta(0, undefined, undefined, '{}')),
        openaiChunk({}, 'tool_calls'),
        openaiUsage(44, 0, 9),
      ]) + DONE,
    content: [tool('list_files', {})],
    stopReason: 'tool_use',
    usage: [44, 0, 9],
  },
  {
    name: 'OpenAI: a refusal',
    sse:
      sse([
        openaiChunk({ role: 'assistant', content: null, refusal: '' }),
        openaiChunk({ refusal: "I can't help" }),
        openaiChunk({ refusal: ' with that.' }),
        openaiChunk({}, 'stop'),
        openaiUsage(30, 0, 6),
      ]) + DONE,
    content: [text("I can't help with that.")],
    stopReason: 'refusal',
    usage: [30, 0, 6],
  },
  {
    name: 'OpenAI: cut by the limit inside of a call',
    sse:
      sse([
        openaiChunk(ROLE),
        openaiChunk(toolDelta(0, 'call_Kd0Vn2PfYb6LtXs9QwErMcUz', 'write_file', '')),
        openaiChunk(toolDelta(0, undefined, undefined, '{"path":"a.txt","con')),
        openaiChunk({}, 'length'),
        openaiUsage(44, 0, 16),
      ]) + DONE,
    content: [tool('write_file', { path: 'a.txt' })],
    stopReason: 'max_tokens',
    usage: [44, 0, 16],
  },
  {
    name: 'Azure: text between filters',
    sse:
      sse([
        AZURE_FIRST,
        azureChunk({ content: '', refusal: null, role: 'assistant' }, null, {}),
        azureChunk({ content: 'Copenhagen' }),
        azureChunk({ content: '.' }),
        azureChunk({}, 'stop'),
        azureChunk(undefined, null, { usage: undefined }),
        azureUsage,
      ]) + DONE,
    content: [text('Copenhagen.')],
    stopReason: 'end_turn',
    usage: [15, 0, 78],
  },
  {
    name: 'Azure: stopped by the filter',
    sse:
      sse([
        AZURE_FIRST,
        azureChunk({ content: '', role: 'assistant' }),
        azureChunk({ content: 'Take the' }),
        azureChunk({}, 'content_filter'),
        azureUsage,
      ]) + DONE,
    content: [text('Take the')],
    stopReason: 'refusal',
    usage: [15, 0, 78],
  },
  {
    name: 'xAI: thinking, then a call in one piece',
    sse:
      sse([
        xaiChunk({ reasoning_content: 'First', role: 'assistant' }),
        ...[',', ' the weather', '.\n\n'].map((thought) => xaiChunk({ reasoning_content: thought })),
        xaiChunk({
          tool_calls: [
            {
              id: 'call_18290934',
              function: { name: 'weather', arguments: '{"location":"Oslo"}' },
              index: 0,
              type: 'function',
            },
          ],
        }),
        xaiChunk(
          {},
          { choices: [{ index: 0, delta: { content: '', role: 'assistant' }, finish_reason: 'tool_calls' }] },
        ),
        xaiChunk(
          {},
          {
            choices: [],
            usage: {
              prompt_tokens: 285,
              completion_tokens: 26,
              total_tokens: 538,
              prompt_tokens_details: { text_tokens: 285, cached_tokens: 284 },
              completion_tokens_details: { reasoning_tokens: 227 },
            },
          },
        ),
      ]) + DONE,
    content: [thinking('First, the weather.\n\n'), tool('weather', { location: 'Oslo' })],
    stopReason: 'tool_use',
    usage: [1, 284, 253],
  },
  {
    name: 'Mistral: thinking in chunks of content',
    sse:
      sse([
        mistralChunk(''),
        mistralChunk([mistralThought('Okay, 17')]),
        mistralChunk([mistralThought(' * 23.'), { type: 'text', text: '3' }]),
        mistralChunk('91', 'stop', {
          usage: {
            prompt_tokens: 28,
            total_tokens: 167,
            completion_tokens: 139,
            prompt_tokens_details: { cached_tokens: 0 },
          },
        }),
      ]) + DONE,
    content: [thinking('Okay, 17 * 23.'), text('391')],
    stopReason: 'end_turn',
    usage: [28, 0, 139],
  },
  {
    name: 'Gemini: two signed calls, and "stop"',
    sse:
      sse([
        geminiChunk({ tool_calls: [geminiCall('function-call-1', 'get_weather', { city: 'Oslo' }, SIGNATURE)] }),
        geminiChunk({ tool_calls: [geminiCall('function-call-2', 'get_weather', { city: 'Rome' })] }),
        geminiChunk({}, 'stop', 31),
      ]) + DONE,
    content: [tool('get_weather', { city: 'Oslo' }), tool('get_weather', { city: 'Rome' })],
    stopReason: 'tool_use',
    usage: [90, 0, 71],
  },
  {
    name: 'Gemini: a signature beside text',
    sse:
      sse([
        geminiChunk({ content: 'It is' }),
        geminiChunk({ content: ' open.', extra_content: { google: { thought_signature: SIGNATURE } } }, 'stop', 5),
      ]) + DONE,
    content: [text('It is open.')],
    stopReason: 'end_turn',
    usage: [90, 0, 45],
  },
  {
    name: 'Bedrock, GPT-OSS: thinking between tags',
    sse:
      sse([
        bedrockChunk({ role: 'assistant' }),
        bedrockChunk({ content: '<reasoning>The user asks which</reasoning>' }),
        bedrockChunk({ content: '<reasoning> bridge.</reasoning>' }),
        bedrockChunk({ content: 'The old' }),
        bedrockChunk({ content: ' one.' }),
        bedrockChunk({}, 'stop'),
        bedrockChunk({}, undefined, {
          choices: [],
          usage: { completion_tokens: 23, prompt_tokens: 70, total_tokens: 93 },
        }),
      ]) + DONE,
    content: [thinking('The user asks which bridge.'), text('The old one.')],
    stopReason: 'end_turn',
    usage: [70, 0, 23],
  },
  {
    name: 'vLLM: thinking, and a stop sequence',
    sse:
      sse([
        vllmChunk({ role: 'assistant', content: '' }),
        vllmChunk({ reasoning: 'One, two.' }),
        vllmChunk({ content: '\n\n' }),
        vllmChunk({ content: '1 2 ' }),
        vllmChunk({ content: '' }, 'stop', 'THREE'),
        vllmUsage(19, 12),
      ]) + DONE,
    content: [thinking('One, two.'), text('\n\n1 2 ')],
    stopReason: 'stop_sequence',
    usage: [19, 0, 12],
  },
  {
    name: 'a server that interleaves the pieces of its calls',
    sse:
      sse([
        openaiChunk(ROLE),
        openaiChunk(toolDelta(0, 'call_a', 'read_file', '{"pa')),
        openaiChunk(toolDelta(1, 'call_b', 'read_file', '{"path"')),
        openaiChunk(toolDelta(0, undefined, undefined, 'th":"one.txt"')),
        openaiChunk(toolDelta(1, undefined, undefined, ':"two.txt"}')),
        openaiChunk(toolDelta(2, 'call_c', 'list', '')),
        openaiChunk({ content: 'Reading.' }),
        openaiChunk(toolDelta(0, undefined, undefined, '}')),
        openaiChunk({}, 'tool_calls'),
        openaiUsage(50, 0, 30),
      ]) + DONE,
    content: [
      tool('read_file', { path: 'one.txt' }),
      tool('read_file', { path: 'two.txt' }),
      tool('list', {}),
      text('Reading.'),
    ],
    stopReason: 'tool_use',
    usage: [50, 0, 30],
  },
  {
    name: 'llama.cpp, word for word: text, then a call',
    sse: llamaCppTools,
    content: [text('I am a model of one layer.'), tool('f', { a: 1 })],
    stopReason: 'tool_use',
    usage: [294, 0, 62],
  },
];

export function recording(name: string): Recording {
  const found = recordings.find((each) => each.name === name);
  if (!found) throw new Error(`no recording "${name}"`);
  return found;
}
