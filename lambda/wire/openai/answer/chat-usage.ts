import { isObject, type JsonObject } from '../../../engine/json';

/** The counters of an answer under Anthropic's names; undefined where there are none to read. */
export function messageUsage(usage: unknown): JsonObject | undefined {
  if (!isObject(usage)) return undefined;
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = usage;
  if (typeof prompt !== 'number') return undefined;
  const details = isObject(usage['prompt_tokens_details']) ? usage['prompt_tokens_details'] : {};
  const cached = Math.min(prompt, count(details['cached_tokens'] ?? usage['prompt_cache_hit_tokens']));
  const { completion_tokens_details: said } = usage;
  const thought = isObject(said) ? said['reasoning_tokens'] : undefined;
  return {
    input_tokens: prompt - cached,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached,
    // Some servers leave what the model has thought to the total.
    output_tokens: Math.max(count(completion), count(total) - prompt),
    ...(typeof thought === 'number' && { output_tokens_details: { thinking_tokens: thought } }),
  };
}

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
