import type { JsonObject } from '../../../../engine/json';
import { carried } from '../thoughts';
import type { CalledTool } from '../tool-kinds';

/** An event of the stream: its type, and what it says beside its number. */
export type Emit = (type: string, fields: JsonObject) => void;

/** Where an item stands, and how it is told. */
export interface Place {
  readonly id: string;
  readonly index: number;
  readonly emit: Emit;
}
export type ItemStatus = 'completed' | 'incomplete';

/** An item of the output on its way, in the documented order of its events. */
export interface OpenItem {
  /** The end of it: the item as it is kept. */
  close(status: ItemStatus): JsonObject;
}

const added = ({ index, emit }: Place, item: JsonObject): void =>
  emit('response.output_item.added', { output_index: index, item });

function done({ index, emit }: Place, item: JsonObject): JsonObject {
  emit('response.output_item.done', { output_index: index, item });
  return item;
}

/** What the model says: a part for each block of text, and one for a refusal. */
export class MessageItem implements OpenItem {
  readonly #parts: JsonObject[] = [];
  #text: string | undefined;

  constructor(private readonly place: Place) {
    added(place, this.#item('in_progress'));
  }

  text(delta: string): void {
    if (this.#text === undefined) this.#added(textPart(''));
    this.#text = (this.#text ?? '') + delta;
    this.#tell('response.output_text.delta', { delta, logprobs: [] });
  }

  endPart(): void {
    if (this.#text === undefined) return;
    const text = this.#text;
    this.#text = undefined;
    this.#tell('response.output_text.done', { text, logprobs: [] });
    this.#done(textPart(text));
  }

  refuse(refusal: string): void {
    this.endPart();
    this.#added({ type: 'refusal', refusal: '' });
    this.#tell('response.refusal.delta', { delta: refusal });
    this.#tell('response.refusal.done', { refusal });
    this.#done({ type: 'refusal', refusal });
  }

  close(status: ItemStatus): JsonObject {
    this.endPart();
    return done(this.place, this.#item(status));
  }

  #item(status: ItemStatus | 'in_progress'): JsonObject {
    return { id: this.place.id, type: 'message', status, role: 'assistant', content: [...this.#parts] };
  }

  #added(part: JsonObject): void {
    this.#tell('response.content_part.added', { part });
  }

  #done(part: JsonObject): void {
    this.#tell('response.content_part.done', { part });
    this.#parts.push(part);
  }

  #tell(type: string, fields: JsonObject): void {
    const { id, index, emit } = this.place;
    emit(type, { item_id: id, output_index: index, content_index: this.#parts.length, ...fields });
  }
}

const textPart = (text: string): JsonObject => ({ type: 'output_text', text, annotations: [], logprobs: [] });

/** What the model thinks: as much of it as it tells, and the whole of it for itself. */
export class ReasoningItem implements OpenItem {
  #told = '';

  constructor(
    private readonly place: Place,
    private block: JsonObject,
  ) {
    added(place, { id: place.id, type: 'reasoning', summary: [] });
  }

  think(delta: string): void {
    if (this.#told === '') this.#tell('response.reasoning_summary_part.added', { part: summary('') });
    this.#told += delta;
    this.#tell('response.reasoning_summary_text.delta', { delta });
  }

  sign(signature: string): void {
    this.block = { ...this.block, signature };
  }

  close(): JsonObject {
    const text = this.#told;
    if (text !== '') {
      this.#tell('response.reasoning_summary_text.done', { text });
      this.#tell('response.reasoning_summary_part.done', { part: summary(text) });
    }
    const isThinking = this.block['type'] === 'thinking';
    const block = isThinking ? { type: 'thinking', thinking: text, signature: this.block['signature'] } : this.block;
    return done(this.place, {
      id: this.place.id,
      type: 'reasoning',
      summary: text === '' ? [] : [summary(text)],
      // What nobody has signed, Claude does not take back.
      ...((!isThinking || Boolean(block['signature'])) && { encrypted_content: carried(block) }),
    });
  }

  #tell(type: string, fields: JsonObject): void {
    const { id, index, emit } = this.place;
    emit(type, { item_id: id, output_index: index, summary_index: 0, ...fields });
  }
}

const summary = (text: string): JsonObject => ({ type: 'summary_text', text });

/** Those whose arguments are told as they come, or in one piece. */
const DELTAS: Readonly<Record<string, { readonly field: string; readonly event: string; readonly flows: boolean }>> = {
  function_call: { field: 'arguments', event: 'response.function_call_arguments', flows: true },
  custom_tool_call: { field: 'input', event: 'response.custom_tool_call_input', flows: false },
};

/** A call of a tool. */
export class CallItem implements OpenItem {
  #text = '';

  constructor(
    private readonly place: Place,
    private readonly callId: string,
    private readonly tool: CalledTool,
  ) {
    const field = DELTAS[tool.kind.call]?.field;
    added(place, { ...this.#item('in_progress'), ...(field !== undefined && { [field]: '' }) });
  }

  write(delta: string): void {
    this.#text += delta;
    const how = DELTAS[this.tool.kind.call];
    if (how?.flows) this.#tell(`${how.event}.delta`, { delta });
  }

  close(status: ItemStatus): JsonObject {
    const item = this.#item(status);
    const how = DELTAS[this.tool.kind.call];
    if (how) {
      const whole = item[how.field];
      // Clients parse the arguments, and none at all are not JSON.
      if (!how.flows || this.#text === '') this.#tell(`${how.event}.delta`, { delta: whole });
      this.#tell(`${how.event}.done`, { [how.field]: whole });
    }
    return done(this.place, item);
  }

  #item(status: ItemStatus | 'in_progress'): JsonObject {
    const { kind, name, namespace } = this.tool;
    return {
      id: this.place.id,
      type: kind.call,
      status,
      call_id: this.callId,
      ...(namespace !== undefined && { namespace }),
      ...kind.fields(this.#text, name),
    };
  }

  #tell(type: string, fields: JsonObject): void {
    const { id, index, emit } = this.place;
    emit(type, { item_id: id, output_index: index, ...fields });
  }
}
