import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import { finishOf, refusalOf } from './finish';
import { toOpenAiError } from './error';
import { mergedUsage, toUsage } from './usage';

/** Thinking has no place in OpenAI's own wire; this is the one that other servers have given it. */
type Delta = ChatCompletionChunk.Choice.Delta & { reasoning_content?: string };

const PING = ': ping\n\n';
const DONE = 'data: [DONE]\n\n';

/** The events of a Message, one by one, as the chunks of a Chat Completion. */
export class ChunkWriter {
  #head = { id: '', model: '' };
  #usage: JsonObject = {};
  #last: JsonObject = {};
  #calls = 0;
  /** The call that is open has had arguments. */
  #hasArguments = true;

  constructor(
    private readonly includeUsage: boolean,
    private readonly created: number,
  ) {}

  /** What goes out for an event; nothing for what OpenAI's wire has no word for. */
  write(event: JsonObject): string {
    switch (event['type']) {
      case 'ping':
        return PING;
      case 'message_start':
        return this.#start(event['message']);
      case 'content_block_start':
        return this.#open(event['content_block']);
      case 'content_block_delta':
        return this.#delta(event['delta']);
      case 'content_block_stop':
        return this.#close();
      case 'message_delta':
        this.#usage = mergedUsage(this.#usage, event['usage']);
        if (isObject(event['delta'])) this.#last = { ...this.#last, ...event['delta'] };
        return '';
      case 'message_stop':
        return this.#stop();
      case 'error':
        return line({ error: toOpenAiError(event['error']) });
      default:
        return '';
    }
  }

  #start(message: unknown): string {
    if (!isObject(message)) return '';
    this.#head = { id: String(message['id']), model: String(message['model']) };
    this.#usage = mergedUsage({}, message['usage']);
    return this.#chunk({ role: 'assistant', content: '', refusal: null });
  }

  #open(block: unknown): string {
    if (!isObject(block)) return '';
    const { type, id, name, input } = block;
    if (type === 'text' && block['text']) return this.#chunk({ content: String(block['text']) });
    if (type !== 'tool_use') return '';
    this.#calls += 1;
    const given = isObject(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : '';
    this.#hasArguments = given !== '';
    const called = { name: String(name), arguments: given };
    return this.#call({ id: String(id), type: 'function', function: called });
  }

  #delta(delta: unknown): string {
    if (!isObject(delta)) return '';
    const text = textOf(delta['text'] ?? delta['thinking'] ?? delta['partial_json']);
    if (!text) return '';
    switch (delta['type']) {
      case 'text_delta':
        return this.#chunk({ content: text });
      case 'thinking_delta':
        return this.#chunk({ reasoning_content: text });
      case 'input_json_delta':
        this.#hasArguments = true;
        return this.#call({ function: { arguments: text } });
      default:
        return '';
    }
  }

  /** Clients parse the arguments, and none at all are not JSON. */
  #close(): string {
    if (this.#hasArguments) return '';
    this.#hasArguments = true;
    return this.#call({ function: { arguments: '{}' } });
  }

  #stop(): string {
    const refusal = refusalOf(this.#last);
    const usage = this.includeUsage ? line({ ...this.#frame(), choices: [], usage: toUsage(this.#usage) }) : '';
    const refused = refusal === null ? '' : this.#chunk({ refusal });
    return refused + this.#chunk({}, finishOf(this.#last['stop_reason'])) + usage + DONE;
  }

  #call(call: Omit<ChatCompletionChunk.Choice.Delta.ToolCall, 'index'>): string {
    return this.#chunk({ tool_calls: [{ index: this.#calls - 1, ...call }] });
  }

  #chunk(delta: Delta, finish: ChatCompletionChunk.Choice['finish_reason'] = null): string {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
    return line({ ...this.#frame(), choices, ...(this.includeUsage && { usage: null }) });
  }

  #frame() {
    return {
      id: this.#head.id,
      object: 'chat.completion.chunk' as const,
      created: this.created,
      model: this.#head.model,
    };
  }
}

const line = (data: ChatCompletionChunk | { error: object }): string => `data: ${JSON.stringify(data)}\n\n`;
