import { isObject, type JsonObject } from '../../engine/json';
import { FOREIGN_SIGNATURE } from '../../wire/anthropic/request/foreign-marks';
import { encodeSse, eventJson, MalformedStream, type SseEvent } from '../../wire/sse-events';
import { counted, isOf, marked, stopped } from './repaired-parts';

/** The events of one answer, with one block open at a time: llama.cpp ends all of them together, after the last has begun. */
export class StreamRepair {
  #open: { readonly index: unknown; readonly thinks: boolean } | undefined;
  readonly #closed = new Set<unknown>();

  of(event: SseEvent): Uint8Array[] {
    const json = eventJson(event);
    const asIs = [encodeSse(event.event || typeOf(json), event.data)];
    if (!isObject(json)) return asIs;
    const { message, delta, usage } = json;
    switch (json['type']) {
      case 'message_start':
        return isObject(message)
          ? [written({ ...json, message: { ...message, usage: counted(message['usage']) } })]
          : asIs;
      case 'message_delta': {
        const ended = isObject(delta) ? { delta: { ...delta, ...stopped(delta) } } : {};
        return [...this.#close(), written({ ...json, ...ended, usage: counted(usage) })];
      }
      case 'content_block_start':
        return this.#begin(json, asIs);
      case 'content_block_delta':
        if (this.#closed.has(json['index'])) throw new MalformedStream('a block goes on after the next one has begun');
        return isOf(delta, 'signature_delta') ? [] : asIs;
      case 'content_block_stop':
        return this.#open?.index === json['index'] ? this.#close(asIs) : [];
      default:
        return asIs;
    }
  }

  #begin(json: JsonObject, asIs: Uint8Array[]): Uint8Array[] {
    const { index, content_block: block } = json;
    const before = this.#close();
    this.#open = { index, thinks: isOf(block, 'thinking') };
    return [...before, ...(isOf(block, 'tool_use') ? [written({ ...json, content_block: marked(block) })] : asIs)];
  }

  #close(stop?: Uint8Array[]): Uint8Array[] {
    if (this.#open === undefined) return [];
    const { index, thinks } = this.#open;
    this.#open = undefined;
    this.#closed.add(index);
    const end = stop ?? [written({ type: 'content_block_stop', index })];
    if (!thinks) return end;
    return [
      written({ type: 'content_block_delta', index, delta: { type: 'signature_delta', signature: FOREIGN_SIGNATURE } }),
      ...end,
    ];
  }
}

const typeOf = (json: unknown): string =>
  isObject(json) && typeof json['type'] === 'string' ? json['type'] : 'message';
const written = (json: JsonObject): Uint8Array => encodeSse(typeOf(json), JSON.stringify(json));
