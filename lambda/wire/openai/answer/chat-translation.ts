import { isObject, parseJson, textOf, type JsonObject } from '../../../engine/json';
import { MalformedStream } from '../../sse-events';
import { answerParts } from './answer-parts';
import { messageUsage } from './chat-usage';
import { isFailure, stopReason } from './finish';
import { MessageWriter, sseText } from './message-writer';

/** What the answer itself does not tell. */
export interface Asked {
  /** Where the server does not name the model that answers. */
  readonly model: string;
  /** Until the server has counted: it does so last. */
  readonly inputTokensEstimate: number;
  /** The client wants to see what the model thinks. */
  readonly thinking: boolean;
  /** As the client has given them: what may be told as what it stopped at. */
  readonly stopSequences: unknown;
}

const CHARACTERS_A_TOKEN = 4;

/** The chunks of one answer, as a Message's events. */
export class ChatTranslation {
  #events = '';
  #writer: MessageWriter | undefined;
  #finish: string | undefined;
  #stopSequence: string | undefined;
  #refused = false;
  #usage: JsonObject | undefined;
  #ended = false;

  constructor(private readonly asked: Asked) {}

  /** The model has said all: only counters can be missing. */
  get hasFinished(): boolean {
    return this.#finish !== undefined;
  }

  /** Its last event is written, an error's or the message's. */
  get hasEnded(): boolean {
    return this.#ended;
  }

  take(): string {
    const events = this.#events + (this.#writer?.take() ?? '');
    this.#events = '';
    return events;
  }

  /** The data of one event. */
  read(data: string): void {
    if (this.#ended) return;
    if (data === '[DONE]') return this.end();
    const json = parseJson(data);
    // Google wraps errors in a list.
    const chunk: unknown = Array.isArray(json) ? json[0] : json;
    if (!isObject(chunk)) throw new MalformedStream('an event of the stream is not a JSON object');
    this.readChunk(chunk);
  }

  readChunk(chunk: JsonObject): void {
    if (chunk['error'] != null || chunk['object'] === 'error') return this.#fail(chunk);
    this.#usage = messageUsage(chunk['usage']) ?? this.#usage;
    const choices: readonly unknown[] = Array.isArray(chunk['choices']) ? chunk['choices'] : [];
    const choice = choices.find((each) => isObject(each) && (each['index'] ?? 0) === 0);
    if (isObject(choice)) this.#readChoice(choice, chunk);
    // The counters have a chunk of their own, which is the last.
    else if (this.#usage !== undefined && this.hasFinished) this.end();
  }

  /** No more will come. Without a finish reason the answer is cut, and is left so. */
  end(): void {
    if (this.#ended || this.#finish === undefined) return;
    if (isFailure(this.#finish)) {
      return this.#fail({ error: { type: `finish:${this.#finish}`, message: `the model ended with ${this.#finish}` } });
    }
    this.#stop(this.#finish);
  }

  #readChoice(choice: JsonObject, chunk: JsonObject): void {
    this.#writer ??= this.#start(chunk);
    const delta = choice['delta'] ?? choice['message'];
    for (const part of isObject(delta) ? answerParts(delta) : []) {
      this.#refused ||= part.kind === 'refusal';
      if (part.kind !== 'thinking' || this.asked.thinking) this.#writer.push(part);
    }
    this.#finish ??= textOf(choice['finish_reason']) || undefined;
    // vLLM's word and SGLang's for what they stopped at, which may be the model's own end.
    const stoppedAt = choice['stop_reason'] ?? choice['matched_stop'];
    if (isOneOf(stoppedAt, this.asked.stopSequences)) this.#stopSequence = stoppedAt;
  }

  #start(chunk: JsonObject): MessageWriter {
    const id = textOf(chunk['id']) ?? '';
    const message = {
      id: `msg_${id.replace(/[^\w-]/g, '_')}`,
      type: 'message',
      role: 'assistant',
      model: textOf(chunk['model']) || this.asked.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: {
        input_tokens: this.asked.inputTokensEstimate,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 0,
      },
    };
    this.#events += sseText('message_start', JSON.stringify({ type: 'message_start', message }));
    return new MessageWriter(`${id} ${String(chunk['created'])}`);
  }

  #stop(finish: string): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    writer.end();
    const delta = this.#delta(writer, finish);
    const usage = this.#usage ?? { output_tokens: Math.ceil(writer.written / CHARACTERS_A_TOKEN) };
    this.#events += writer.take();
    this.#events += sseText('message_delta', JSON.stringify({ type: 'message_delta', delta, usage }));
    this.#events += sseText('message_stop', '{"type":"message_stop"}');
    this.#ended = true;
  }

  #delta(writer: MessageWriter, finish: string): JsonObject {
    const stop = this.#refused ? 'refusal' : stopReason(finish);
    if (stop === 'refusal') {
      const stop_details = { type: 'refusal', category: null, explanation: null };
      return { stop_reason: stop, stop_sequence: null, stop_details };
    }
    if (writer.hasCalls && (stop !== 'max_tokens' || writer.hasWholeCalls)) {
      if (!writer.hasWholeCalls)
        throw new MalformedStream('a finished tool call has no name, or its arguments are no object');
      return { stop_reason: 'tool_use', stop_sequence: null };
    }
    if (this.#stopSequence !== undefined && stop === 'end_turn') {
      return { stop_reason: 'stop_sequence', stop_sequence: this.#stopSequence };
    }
    return { stop_reason: stop, stop_sequence: null };
  }

  #fail(chunk: JsonObject): void {
    // What goes wrong after the last word has harmed nothing.
    if (this.#finish !== undefined && !isFailure(this.#finish)) return this.end();
    const error = chunk['error'] ?? chunk;
    this.#events = this.take() + sseText('error', JSON.stringify({ error }));
    this.#ended = true;
  }
}

function isOneOf(word: unknown, words: unknown): word is string {
  return typeof word === 'string' && Array.isArray(words) && words.includes(word);
}
