import type { Usage } from '../../../engine/answer';
import { closeJson } from './close-json';
import { showsContent } from './commit-scan';
import { tokensIn } from './delivered';
import { counters } from './usage';
import { eventJson, MalformedStream, SseDecoder, type SseEvent } from '../../sse-events';
import { isObject, type JsonObject } from '../../../engine/json';

interface Block {
  readonly fields: JsonObject;
  /** A tool's input as the host wrote it: parsing and printing it again would round its large numbers. */
  input: string;
}

type Growth = (block: Block, delta: JsonObject) => void;

const DELTAS: ReadonlyMap<unknown, Growth> = new Map<unknown, Growth>([
  ['text_delta', appendTo('text')],
  ['thinking_delta', appendTo('thinking')],
  ['input_json_delta', (block, delta) => void (block.input += textOf(delta, 'partial_json'))],
  ['citations_delta', addCitation],
  // These two carry the final value, not a piece of it.
  ['signature_delta', assign],
  ['compaction_delta', assign],
]);

/**
 * Makes of a stream the Message that a call without streaming returns. Fed with raw chunks by `write` and `end`, or with
 * events by `push`; throws `MalformedStream` where the stream is not one that can be read without loss.
 */
export class MessageAssembler {
  readonly #decoder = new SseDecoder();
  readonly #blocks: Block[] = [];
  #message: JsonObject | undefined;
  #hasContent = false;
  #complete = false;
  #hasStopReason = false;
  #lacksStop = false;
  #error: unknown;

  /** The model is at work: the first content has come, or a thinking block has begun. */
  get hasContent(): boolean {
    return this.#hasContent;
  }

  /** `message_stop` has come: the Message is whole, and what follows is not part of it. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Its stop reason has come, which ends every answer: nothing of it can follow but `message_stop`. */
  get hasStopReason(): boolean {
    return this.#hasStopReason;
  }

  /** The stream ended without `message_stop`, and nothing else was missing. */
  get lacksStop(): boolean {
    return this.#lacksStop;
  }

  /** The JSON of the `error` event with which the host gave up, or its text; undefined while there is none. */
  get error(): unknown {
    return this.#error;
  }

  /** What the host has counted and, of an answer that is not whole, about what has come of it. */
  get usage(): Usage | undefined {
    const usage = counters(this.#message?.['usage']);
    if (usage === undefined || this.#hasStopReason) return usage;
    const letters = this.#blocks.reduce(
      (sum, { fields, input }) => sum + JSON.stringify(fields).length + input.length,
      0,
    );
    return { ...usage, output_tokens: Math.max(Number(usage['output_tokens']) || 0, tokensIn(letters)) };
  }

  write(chunk: Uint8Array): void {
    for (const event of this.#decoder.push(chunk)) this.push(event);
  }

  /** After the last chunk. What is torn off or missing after a stop reason is at most `message_stop`. */
  end(): void {
    for (const event of this.#decoder.end()) {
      if (!this.#hasStopReason || isObject(eventJson(event))) this.push(event);
    }
    if (!this.#hasStopReason || this.#complete || this.#error !== undefined) return;
    this.#lacksStop = true;
    this.#stop();
  }

  push(event: SseEvent): void {
    if (this.#complete || this.#error !== undefined || event.event === 'ping') return;
    const json = eventJson(event);
    if (event.event === 'error' || (isObject(json) && json['type'] === 'error')) {
      this.#error = json ?? event.data;
      return;
    }
    if (!isObject(json)) throw new MalformedStream(`a stream event "${event.event}" is not a JSON object`);
    this.#hasContent ||= showsContent(json);
    this.#read(json);
  }

  message(): JsonObject {
    const message = this.#whole();
    return { ...message, content: this.#blocks.map((block) => block.fields) };
  }

  /** The Message as JSON text: the body of the answer. */
  json(): string {
    if (this.#blocks.every(({ input }) => input === '')) return JSON.stringify(this.message());
    const blocks = this.#blocks.map(({ fields, input }) => jsonWith(fields, 'input', input || undefined));
    return jsonWith(this.#whole(), 'content', `[${blocks.join(',')}]`);
  }

  #whole(): JsonObject {
    if (!this.#complete) throw new MalformedStream('the stream ended before its answer was complete');
    return this.#started();
  }

  #started(): JsonObject {
    if (!this.#message) throw new MalformedStream('the stream does not begin with message_start');
    return this.#message;
  }

  #read(json: JsonObject): void {
    switch (json['type']) {
      case 'content_block_delta':
        return this.#growBlock(json);
      case 'content_block_start':
        return this.#startBlock(json);
      case 'message_start':
        return this.#start(json['message']);
      case 'message_delta':
        return this.#finish(json);
      case 'message_stop':
        return this.#stop();
    }
  }

  #start(message: unknown): void {
    if (this.#message) throw new MalformedStream('the stream has a second message_start');
    if (!isObject(message)) throw new MalformedStream('message_start has no message');
    this.#message = { ...message, content: [] };
  }

  #startBlock({ index, content_block: fields }: JsonObject): void {
    const message = this.#started();
    if (!isObject(fields)) throw new MalformedStream('content_block_start has no content_block');
    if (index !== this.#blocks.length) {
      throw new MalformedStream(`content block ${String(index)} came where ${this.#blocks.length} was due`);
    }
    this.#blocks.push({ fields, input: '' });
    // The API's own fallback to another model: without streaming, the Message is in that model's name.
    if (fields['type'] === 'fallback' && isObject(fields['to'])) message['model'] = fields['to']['model'];
  }

  #growBlock({ index, delta }: JsonObject): void {
    const block = typeof index === 'number' ? this.#blocks[index] : undefined;
    if (!block) throw new MalformedStream(`a delta is for content block ${String(index)}, which has not begun`);
    if (!isObject(delta)) throw new MalformedStream('content_block_delta has no delta');
    const grow = DELTAS.get(delta['type']) ?? growUnknown;
    grow(block, delta);
  }

  #finish({ delta, usage, ...fields }: JsonObject): void {
    const message = this.#started();
    merge(message, { ...fields, ...(isObject(delta) && delta), type: message['type'] });
    this.#hasStopReason = typeof message['stop_reason'] === 'string';
    if (!isObject(usage)) return;
    const total = isObject(message['usage']) ? message['usage'] : {};
    merge(total, usage);
    message['usage'] = total;
  }

  #stop(): void {
    const { stop_reason: reason } = this.#started();
    for (const block of this.#blocks) {
      if (block.input === '') continue;
      let input = eventJson({ event: '', data: block.input });
      if (input === undefined) {
        if (reason === 'tool_use') throw new MalformedStream('the input of a finished tool_use block is not JSON');
        block.input = closeJson(block.input);
        input = JSON.parse(block.input);
      }
      block.fields['input'] = input;
    }
    this.#complete = true;
  }
}

function appendTo(field: string): Growth {
  return ({ fields }, delta) => {
    const before = fields[field];
    fields[field] = typeof before === 'string' ? before + textOf(delta, field) : textOf(delta, field);
  };
}

/** A delta newer than this code must not fail on every host: text grows as all of today's does, the rest is taken over. */
function growUnknown({ fields }: Block, { type: _type, ...values }: JsonObject): void {
  for (const [name, value] of Object.entries(values)) {
    const before = fields[name];
    fields[name] = typeof before === 'string' && typeof value === 'string' ? before + value : value;
  }
}

function textOf(delta: JsonObject, field: string): string {
  const text = delta[field];
  if (typeof text !== 'string') throw new MalformedStream(`${String(delta['type'])} has no ${field}`);
  return text;
}

function addCitation({ fields }: Block, { citation }: JsonObject): void {
  const before: unknown = fields['citations'];
  if (Array.isArray(before)) before.push(citation);
  else fields['citations'] = [citation];
}

function assign({ fields }: Block, delta: JsonObject): void {
  Object.assign(fields, delta, { type: fields['type'] });
}

/** Counters and fields are totals of the whole message; null stands for one that does not apply. */
function merge(target: JsonObject, source: JsonObject): void {
  for (const [name, value] of Object.entries(source)) {
    if (value !== null || !Object.hasOwn(target, name)) target[name] = value;
  }
}

function jsonWith(object: JsonObject, field: string, text: string | undefined): string {
  if (text === undefined) return JSON.stringify(object);
  const members = Object.entries(object).map(
    ([name, value]) => `${JSON.stringify(name)}:${name === field ? text : JSON.stringify(value)}`,
  );
  return `{${members.join(',')}}`;
}
