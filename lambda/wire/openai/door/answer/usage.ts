import type { CompletionUsage } from 'openai/resources/completions';
import { isObject, type JsonObject } from '../../../../engine/json';

/** Prompt tokens include those from and for the prompt cache there, and leave them out here. */
export function toUsage(usage: unknown): CompletionUsage {
  const read = count(usage, 'cache_read_input_tokens');
  const prompt = count(usage, 'input_tokens') + read + count(usage, 'cache_creation_input_tokens');
  const completion = count(usage, 'output_tokens');
  const details = isObject(usage) ? usage['output_tokens_details'] : undefined;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: read },
    ...(isObject(details) && {
      completion_tokens_details: { reasoning_tokens: count(details, 'thinking_tokens') },
    }),
  };
}

function count(usage: unknown, name: string): number {
  const tokens = isObject(usage) ? usage[name] : undefined;
  return typeof tokens === 'number' ? tokens : 0;
}

/** A later report leaves out, or at null, what has not changed. */
export function mergedUsage(before: JsonObject, later: unknown): JsonObject {
  if (!isObject(later)) return before;
  return { ...before, ...Object.fromEntries(Object.entries(later).filter(([, value]) => value !== null)) };
}
