import type { ChatCompletion, ChatCompletionMessage } from 'openai/resources/chat/completions';
import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import { finishOf, refusalOf } from './finish';
import { toUsage } from './usage';

/** A Message as a Chat Completion. `created`: in seconds; Anthropic does not tell. */
export function fromMessage(message: JsonObject, created: number): ChatCompletion {
  const blocks = Array.isArray(message['content']) ? message['content'].filter(isObject) : [];
  const thinking = joined(blocks, 'thinking');
  const calls = blocks.filter(({ type }) => type === 'tool_use').map(toCall);
  const said: ChatCompletionMessage & { reasoning_content?: string } = {
    role: 'assistant',
    content: joined(blocks, 'text') ?? null,
    refusal: refusalOf(message),
    ...(thinking !== undefined && { reasoning_content: thinking }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return {
    id: String(message['id']),
    object: 'chat.completion',
    created,
    model: String(message['model']),
    choices: [{ index: 0, message: said, logprobs: null, finish_reason: finishOf(message['stop_reason']) }],
    usage: toUsage(message['usage']),
  };
}

/** Undefined where no block has any. */
function joined(blocks: readonly JsonObject[], type: 'text' | 'thinking'): string | undefined {
  return (
    blocks
      .filter((block) => block['type'] === type)
      .map((block) => textOf(block[type]) ?? '')
      .join('') || undefined
  );
}

function toCall({ id, name, input }: JsonObject) {
  const called = { name: String(name), arguments: JSON.stringify(input ?? {}) };
  return { id: String(id), type: 'function' as const, function: called };
}
