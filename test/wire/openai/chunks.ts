import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Chunks as servers of the OpenAI wire write them, each vendor in its own way. */

export type Json = Readonly<Record<string, unknown>>;

export const DONE = 'data: [DONE]\n\n';
export const sse = (chunks: readonly Json[]): string =>
  chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');

/** OpenAI's own: every chunk carries the head, a null usage and padding. */
export function openaiChunk(delta: Json, finish: string | null = null, fields: Json = {}): Json {
  return {
    id: 'chatcmpl-E7Qm2cVxNn4Tg0yB6sKpWd1RhLu8f',
    object: 'chat.completion.chunk',
    created: 1795853892,
    model: 'gpt-5.4-mini-2026-08-11',
    service_tier: 'default',
    system_fingerprint: 'fp_5e1b7c0a92',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    usage: null,
    obfuscation: 'q9Xb2',
    ...fields,
  };
}

export const openaiUsage = (prompt: number, cached: number, completion: number, reasoning = 0): Json =>
  openaiChunk({}, null, {
    choices: [],
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: reasoning,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
  });

export const toolDelta = (index: number, id: string | undefined, name: string | undefined, args: string): Json => ({
  tool_calls: [
    id === undefined
      ? { index, function: { arguments: args } }
      : { index, id, type: 'function', function: { name, arguments: args } },
  ],
});

const SAFE = { hate: { filtered: false, severity: 'safe' }, violence: { filtered: false, severity: 'safe' } };

export function azureChunk(delta: Json | undefined, finish: string | null = null, fields: Json = {}): Json {
  const choice = {
    content_filter_results: finish === null ? SAFE : {},
    finish_reason: finish,
    index: 0,
    logprobs: null,
  };
  return {
    choices: [delta === undefined ? choice : { ...choice, delta }],
    created: 1795853021,
    id: 'chatcmpl-CZaPS1lijGoK8gd9lYzY3r9Sx50n',
    model: 'gpt-5-nano-2025-08-07',
    obfuscation: 'D3WbtIxo1Q',
    object: 'chat.completion.chunk',
    system_fingerprint: null,
    usage: null,
    ...fields,
  };
}

export const AZURE_FIRST = {
  choices: [],
  created: 0,
  id: '',
  model: '',
  object: '',
  prompt_filter_results: [{ prompt_index: 0, content_filter_results: { ...SAFE, jailbreak: { filtered: false } } }],
};

export const azureUsage = azureChunk({}, null, {
  choices: [],
  usage: { completion_tokens: 78, prompt_tokens: 15, total_tokens: 93, prompt_tokens_details: { cached_tokens: 0 } },
});

/** Google's: no index, no padding, counters in every chunk, and a signature beside the first call. */
export function geminiChunk(delta: Json, finish?: string, completion = 12): Json {
  return {
    choices: [
      { delta: { role: 'assistant', ...delta }, index: 0, ...(finish !== undefined && { finish_reason: finish }) },
    ],
    created: 1795853100,
    id: 'QmZpabn2HMerz7IP',
    model: 'google/gemini-3.5-flash',
    object: 'chat.completion.chunk',
    usage: { completion_tokens: completion, prompt_tokens: 90, total_tokens: 90 + completion + 40 },
  };
}

export const SIGNATURE = 'EjQKMgG+Pvb7s6anNtqTZtb1XVK5Rf2edMXJQpVr53xZCQ3+7yiWdGctjmyn1GLan/==';

export const geminiCall = (id: string, name: string, args: Json, signature?: string): Json => ({
  ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
  function: { arguments: JSON.stringify(args), name },
  id,
  type: 'function',
});

export const xaiChunk = (delta: Json, fields: Json = {}): Json => ({
  id: '7027d986-3c59-a37a-9a5f-50713e01c8a6',
  object: 'chat.completion.chunk',
  created: 1795772293,
  model: 'grok-4-mini',
  choices: [{ index: 0, delta }],
  system_fingerprint: 'fp_2a885414fb',
  ...fields,
});

export const mistralChunk = (content: unknown, finish: string | null = null, fields: Json = {}): Json => ({
  id: 'ed56a5f5c9254b8981e89c2ecfdd6a8d',
  object: 'chat.completion.chunk',
  created: 1795737087,
  model: 'mistral-small-latest',
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  p: 'abcdefghij',
  ...fields,
});
export const mistralThought = (thought: string): Json => ({
  type: 'thinking',
  thinking: [{ type: 'text', text: thought }],
  closed: true,
});

export const bedrockChunk = (delta: Json, finish?: string, fields: Json = {}): Json => ({
  id: 'chatcmpl-10647335',
  choices: [{ delta, index: 0, ...(finish !== undefined && { finish_reason: finish }) }],
  created: 1795810153,
  model: 'openai.gpt-oss-120b-1:0',
  service_tier: 'standard',
  object: 'chat.completion.chunk',
  system_fingerprint: 'fp_bc33001493',
  ...fields,
});

export const vllmChunk = (delta: Json, finish: string | null = null, stop: unknown = null): Json => ({
  id: 'chatcmpl-9b1f0f6b5c0f4d3d',
  object: 'chat.completion.chunk',
  created: 1795800001,
  model: 'Qwen/Qwen3-8B',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish, stop_reason: stop, token_ids: null }],
});
export const vllmUsage = (prompt: number, completion: number): Json => ({
  ...vllmChunk({}),
  choices: [],
  usage: { prompt_tokens: prompt, total_tokens: prompt + completion, completion_tokens: completion },
});

/** From the server that `npm run test:self-hosted` runs. */
export const llamaCppTools = readFileSync(join(__dirname, '../../fixtures/llama-cpp/chat-tools.sse'), 'utf8');
