import type { ChatCompletionMessageFunctionToolCall } from 'openai/resources/chat/completions';
import { textOf, type JsonObject } from '../../../engine/json';
import { splitId } from '../../anthropic/request/foreign-marks';
import { fromIdPart } from '../tool-id';

/** Google's own word for calls that no Gemini has made. */
const UNSIGNED = 'skip_thought_signature_validator';

type ChatCall = ChatCompletionMessageFunctionToolCall & {
  extra_content?: { google: { thought_signature: string } };
};

/**
 * Tool calls of a conversation. They are numbered anew: one server takes ids of at most 40 characters, another only nine
 * letters and digits.
 */
export class ChatCalls {
  readonly #calls = new Map<string, { readonly id: string; readonly name: string }>();
  #count = 0;

  constructor(private readonly signs: boolean) {}

  /** Those of one message. */
  made(blocks: readonly JsonObject[]): ChatCall[] {
    return blocks.map((block, index) => {
      const call = this.#add(textOf(block['id']) ?? '', textOf(block['name']) ?? '');
      const signature = this.signs ? signatureOf(block['id'], index === 0) : undefined;
      return {
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: JSON.stringify(block['input'] ?? {}) },
        ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
      };
    });
  }

  /** The call that a result belongs to. */
  of(toolUseId: unknown): { readonly id: string; readonly name: string } {
    const id = textOf(toolUseId) ?? '';
    return this.#calls.get(id) ?? this.#add(id, '');
  }

  #add(key: string, name: string): { readonly id: string; readonly name: string } {
    const call = { id: `call${String(++this.#count).padStart(5, '0')}`, name };
    this.#calls.set(key, call);
    return call;
  }
}

/** Of calls made at once only the first is signed. */
function signatureOf(id: unknown, isFirst: boolean): string | undefined {
  const signed = splitId(id);
  if (signed !== undefined) return fromIdPart(signed.signature);
  return isFirst ? UNSIGNED : undefined;
}
