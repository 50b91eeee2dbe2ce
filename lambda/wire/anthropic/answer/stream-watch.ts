import { isObject, type JsonObject } from '../../../engine/json';
import type { Usage } from '../../../engine/answer';
import { eventJson, eventType, type SseEvent } from '../../sse-events';
import { counters } from './usage';

/** What an event means for a stream that has been committed. */
export type Seen = 'passes' | 'ours' | 'malformed' | 'error' | 'stop';

/** Written by a cloud for itself; clients do not know them. */
const CLOUDS_OWN: ReadonlySet<string> = new Set(['vertex_event']);

/** Looks at each event of a committed stream as it passes. */
export class StreamWatch {
  #usage: Usage | undefined;
  #stopReason: string | undefined;
  #error: unknown;

  /** The counters of the answer, as far as they have come. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  /** It ends every answer: nothing can follow but `message_stop`. */
  get stopReason(): string | undefined {
    return this.#stopReason;
  }

  /** The JSON of the host's error event, or its text. */
  get error(): unknown {
    return this.#error;
  }

  see(event: SseEvent): Seen {
    if (CLOUDS_OWN.has(event.event)) return 'ours';
    const json = eventJson(event);
    if (eventType(event) === 'error') {
      this.#error = json ?? event.data;
      return 'error';
    }
    if (!isObject(json)) return 'malformed';
    switch (json['type']) {
      case 'message_start':
        this.#count(isObject(json['message']) ? json['message']['usage'] : undefined);
        return 'passes';
      case 'message_delta':
        this.#finish(json);
        return 'passes';
      case 'message_stop':
        return 'stop';
      case 'error':
        this.#error = json;
        return 'error';
      default:
        return 'passes';
    }
  }

  #finish({ usage, delta }: JsonObject): void {
    this.#count(usage);
    const reason = isObject(delta) ? delta['stop_reason'] : undefined;
    if (typeof reason === 'string') this.#stopReason = reason;
  }

  #count(usage: unknown): void {
    const counted = counters(usage);
    if (counted) this.#usage = { ...this.#usage, ...counted };
  }
}
