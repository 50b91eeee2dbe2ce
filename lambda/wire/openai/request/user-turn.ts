import type {
  ChatCompletionContentPart,
  ChatCompletionMessageParam,
  ChatCompletionToolMessageParam,
} from 'openai/resources/chat/completions';
import type { JsonObject } from '../../../engine/json';
import type { ChatCalls } from './chat-calls';
import { chatParts, contentOf, isText, listOf } from './chat-content';

/** Servers refuse a result of nothing. */
const NOTHING = '(no output)';
/** There is no field for it. */
const FAILED = 'Error: ';

/**
 * Everything between two answers of the model. Results are text here and must follow each other: what they show comes after
 * all of them, in order, each under the name by which its result speaks of it.
 */
export class UserTurn {
  readonly #results: ChatCompletionToolMessageParam[] = [];
  readonly #shown: ChatCompletionContentPart[] = [];
  readonly #said: ChatCompletionContentPart[] = [];
  #attachments = 0;

  constructor(
    private readonly calls: ChatCalls,
    private readonly dropped: Set<string>,
  ) {}

  add(content: unknown): void {
    for (const block of listOf(content)) if (block['type'] === 'tool_result') this.#addResult(block);
    this.#said.push(...chatParts(content, this.dropped));
  }

  messages(): ChatCompletionMessageParam[] {
    const parts = [...this.#shown, ...this.#said];
    return [...this.#results, ...(parts.length > 0 ? [{ role: 'user' as const, content: contentOf(parts) }] : [])];
  }

  #addResult(block: JsonObject): void {
    const { id, name } = this.calls.of(block['tool_use_id']);
    const lines = chatParts(block['content'], this.dropped).map((part) =>
      isText(part) ? part.text : this.#attach(part, name === '' ? id : `${name} (${id})`),
    );
    const text = lines.join('\n') || NOTHING;
    this.#results.push({ role: 'tool', tool_call_id: id, content: block['is_error'] === true ? FAILED + text : text });
  }

  #attach(part: ChatCompletionContentPart, call: string): string {
    const label = `Attachment ${++this.#attachments}`;
    this.#shown.push({ type: 'text', text: `${label}, from the result of ${call}:` }, part);
    return `[${label}, shown below]`;
  }
}
