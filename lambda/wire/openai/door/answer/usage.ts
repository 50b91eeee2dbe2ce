import type { CompletionUsage } from 'openai/resources/completions';
import { isObject, type JsonObject } from '../../../../engine/json';

interface Tokens {
  /** Those from and for the prompt cache are among them there, and apart here. */
  readonly prompt: number;
  readonly read: number;
  readonly written: number;
  readonly output: number;
  /** Undefined where nothing is said of it. */
  readonly thought: number | undefined;
}

/** Anthropic's counters in the sums that OpenAI's wires tell. */
export function tokensOf(usage: unknown): Tokens {
  const read = count(usage, 'cache_read_input_tokens');
  const written = count(usage, 'cache_creation_input_tokens');
  const details = isObject(usage) ? usage['output_tokens_details'] : undefined;
  return {
    prompt: count(usage, 'input_tokens') + read + written,
    read,
    written,
    output: count(usage, 'output_tokens'),
    thought: isObject(details) ? count(details, 'thinking_tokens') : undefined,
  };
}

export function toUsage(usage: unknown): CompletionUsage {
  const { prompt, read, output, thought } = tokensOf(usage);
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: read },
    ...(thought !== undefined && { completion_tokens_details: { reasoning_tokens: thought } }),
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
