import type { Usage } from './answer';
import type { HostErrors } from './failure/error-form';
import type { ErrorFacts } from './failure/failure';
import type { Schema } from './failure/verdict';
import type { RequestHead } from './gateway';
import type { Headers } from './headers';
import type { JsonObject } from './json';

/** The client's body, parsed once and never changed. Unknown fields stay. */
export type BodyFields = Readonly<JsonObject>;

/** What a host has taught about itself: applied to every request for that host and model. */
export interface Adaptation {
  readonly dropBetas: readonly string[];
  /** Dotted paths into the body, e.g. `output_config` or `tools.*.eager_input_streaming`. */
  readonly dropFields: readonly string[];
  /** Overrides the API version the client sent. */
  readonly version?: string;
}

/** One attempt, in terms of the untouched original. The host derives its own request from it, every time. */
export interface HostCall {
  readonly endpoint: 'messages' | 'count_tokens';
  /** The wire's own id of the model. */
  readonly model: string;
  /** Name of the client that asks, where the configuration knows it: a host may keep its bill apart. */
  readonly client: string | undefined;
  /** Whether the answer is read as a stream; may differ from what the client asked for. */
  readonly stream: boolean;
  /** The client's bytes. */
  readonly bytes: Uint8Array;
  readonly body: BodyFields;
  /** The client's headers. */
  readonly headers: Headers;
  readonly adaptation: Adaptation | undefined;
  /** Which of the host's keys, by id. */
  readonly key: string | undefined;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers: Headers;
  /**
   * The raw answer: JSON, or server-sent events. Iterating rejects with a `HostError` when the connection dies;
   * aborting the call's signal releases the connection.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Advisory fields and betas that were left out for this host. */
  readonly dropped: readonly string[];
}

/** A body on its way through. Iterating it may reject: the client is gone, or sends more than it may. */
export interface StreamedBody {
  /** Undefined for one that comes in chunks. */
  readonly length: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
}
export type Body = Uint8Array | StreamedBody;

export interface ForwardedRequest extends Pick<RequestHead, 'method' | 'path' | 'query' | 'headers'> {
  readonly body: Body;
}

/** A place that serves models under one credential, location and quota pool. */
export interface Host {
  readonly name: string;
  readonly kind: string;
  readonly schema: Schema;
  readonly errors: HostErrors;
  /** Largest request body it takes. */
  readonly maxBodyBytes: number;
  /** Ids of its keys (never their values), in order; empty when it authenticates by role. */
  readonly keys: readonly string[];
  /** The model's id here, or undefined where it has no equivalent. */
  modelId(model: string): string | undefined;
  /** Features of a request this host is not known to serve. */
  lacks(feature: string, model: string): boolean;
  /** Of those, the ones that would be lost without a word: what carries them is left out for this host. */
  loses(feature: string, model: string): boolean;
  /** What of this request would be lost here, of which only a host that translates can tell; it may have to load what knows. */
  cannotCarry?(body: BodyFields, model: string): Promise<string | undefined>;
  /** What an answer's tokens cost here, in USD, where only the host can tell; undefined where it is not known. */
  cost?(model: string, usage: Usage): number | undefined;
  /** What a refusal teaches: the adaptation to try beside what is known. Absent where the schema is current. */
  lessonOf?(facts: ErrorFacts, call: LessonCall, known: Adaptation): Lesson | undefined;
  /** What requests have in common for which an unsure lesson holds. Present with `lessonOf`. */
  alike?(call: LessonCall): string;
  /** Rejects with a `HostError`; resolves with whatever status the host gave. Never retries. */
  open(call: HostCall, signal: AbortSignal): Promise<HostAnswer>;
  /** Passes a request for a stateful path on as it came; only few hosts keep state. */
  forward?(request: ForwardedRequest, key: string | undefined, signal: AbortSignal): Promise<HostAnswer>;
  /** Reads the credential anew after it was refused; true when there is a different one to try. */
  refreshCredential(key: string | undefined): Promise<boolean>;
}

/** What to try next. Not sure: it holds for requests that are alike, and for others is no more than a guess. */
export interface Lesson {
  readonly adaptation: Adaptation;
  readonly isSure: boolean;
}

export type LessonCall = Pick<HostCall, 'headers' | 'body' | 'endpoint'>;

/** `connection`: no answer came, or the answer broke off. `credential`: no usable key or token, nothing was sent. */
export class HostError extends Error {
  override readonly name = 'HostError';
  constructor(
    readonly kind: 'connection' | 'credential',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
