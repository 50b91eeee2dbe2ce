import type { Failure } from './failure/failure';
import type { HostAnswer } from './host';
import type { Headers } from './headers';
import type { AttemptSignal } from './time/attempt-signal';
import type { Silence } from './time/silence';

/** The counters of tokens that a host reported, under the wire's own names. */
export interface Usage {
  readonly [counter: string]: unknown;
}

/** What is known of an answer once its last byte is through. */
export interface Ending {
  readonly usage: Usage | undefined;
  readonly stopReason: string | undefined;
  /** The model has refused before it said anything. Told only where the plan has something to do about it. */
  readonly isRefusal?: boolean;
  /** What it broke off with after the commit point; undefined where it is whole. */
  readonly failure: Failure | undefined;
}

export interface Answer {
  readonly host: string;
  /** The one that has answered, by the wire's own id or, where it has none, the host's. */
  readonly model: string;
  /** Id of the key it was asked with. */
  readonly key: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  readonly dropped: readonly string[];
  readonly adapted: boolean;
  /** Undefined where the host has given all of it in one piece. */
  readonly firstContentMs: number | undefined;
  /** At once where the answer is whole already. */
  readonly ended: Ending | Promise<Ending>;
  /** Releases the host's connection when the body will not be read. */
  discard(): void;
}

/** An opened answer, with all that is needed to read it. */
export interface AnswerSource {
  readonly opened: HostAnswer;
  readonly endpoint: 'messages' | 'count_tokens';
  /** Whether the client gets a stream, and whether it gets it only when it is whole. */
  readonly stream: boolean;
  readonly holdsWhole: boolean;
  /** Asked for at the first content: whether the answer may be given away now, or only when it is whole. */
  readonly mayCommit: () => boolean;
  /** Another model is asked where this one refuses: such an answer is read to its end, and told by `isRefusal`. */
  readonly heedsRefusal: boolean;
  readonly watch: AttemptSignal;
  readonly idleMs: number;
  readonly silence: Silence;
  /** An error event of the host's, as a failure. `hasBegun`: content has come before it. */
  failureOf(data: unknown, hasBegun: boolean): Failure;
  /** How to read, at any time, what the host has told of tokens: of an attempt that comes to nothing, it is what is paid for. */
  counted(usage: () => Usage | undefined): void;
  /** What the iteration of the body was rejected with, as a failure. */
  thrown(error: unknown): Failure;
  /** The last event of a stream that cannot go on. */
  lastWords(failure: Failure): Uint8Array;
}

/** What a dialect makes of an opened answer. */
export type Reading =
  | {
      readonly ok: true;
      readonly body: Answer['body'];
      /** A promise while the body still flows from the host. */
      readonly ended: Ending | Promise<Ending>;
    }
  | { readonly ok: false; readonly failure: Failure };

/** A 200 that is not the answer it should be. Never quotes it: it is the model's. */
export class MalformedAnswer extends Error {
  override readonly name: string = 'MalformedAnswer';
}
