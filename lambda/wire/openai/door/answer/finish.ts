import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { isObject, textOf, type JsonObject } from '../../../../engine/json';

export type Finish = NonNullable<ChatCompletionChunk.Choice['finish_reason']>;

const FINISHES: Readonly<Record<string, Finish>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

export function finishOf(stopReason: unknown): Finish {
  return (typeof stopReason === 'string' && FINISHES[stopReason]) || 'stop';
}

/** What a refusal is told by: Anthropic's own explanation where it gives one. */
export function refusalOf({ stop_reason: reason, stop_details: details }: JsonObject): string | null {
  if (reason !== 'refusal') return null;
  return (isObject(details) ? textOf(details['explanation']) : undefined) || 'The model has refused to answer.';
}
