import type { Headers } from '../headers';

/** An error body, read by whichever vendor's layer wrote it. */
export interface ErrorFacts {
  /** Whose layer wrote it, as the form that could read it is called; `unknown` where none could. */
  readonly source: string;
  /** The vendor's own word for the kind of error. */
  readonly type: string;
  /** A second, finer word, where the vendor has one. */
  readonly code: string | undefined;
  readonly message: string;
  /** What an operator has to do about it, where the type tells. */
  readonly remedy?: string;
}

/** Why an attempt did not produce an answer. */
export type Failure =
  /** The host answered with an error status. The body is kept as it came. */
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly headers: Headers;
      readonly body: Uint8Array;
      readonly facts: ErrorFacts;
    }
  /** An error event or exception frame inside a 200 stream; `status` is the one its type stands for. */
  | {
      readonly kind: 'stream';
      readonly status: number;
      readonly headers: Headers;
      readonly facts: ErrorFacts;
      /** Content had come before it. */
      readonly hasBegun?: boolean;
    }
  /** No connection, or it broke before the answer was complete. */
  | { readonly kind: 'connection'; readonly message: string; readonly elapsedMs: number }
  | {
      readonly kind: 'timeout';
      readonly timer: 'headers' | 'first-content' | 'idle' | 'deadline';
      /** The client had shortened the timer. */
      readonly isHasty?: boolean;
    }
  /** A 200 that is not an answer or not a complete stream. */
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'credential'; readonly message: string }
  /** Our own code threw while it made the request or read the answer: nobody else is to blame. */
  | { readonly kind: 'fault'; readonly message: string };

/** A host chooses its words: only what looks like a code, and is short, may stand in a log. */
const coded = (word: string): string => (/^[\w.:-]{1,80}$/.test(word) ? word : '(not a code)');

/** For a log: what a host has said stands there as a code or not at all. */
export function failureDetail(failure: Failure): string {
  switch (failure.kind) {
    case 'http':
    case 'stream': {
      const { source, type, code, remedy } = failure.facts;
      const words = [source, type, code ?? ''].filter((word) => word !== '').map(coded);
      return words.join(' ') + (remedy === undefined ? '' : `: ${remedy}`);
    }
    case 'timeout':
      return `${failure.timer} timer`;
    default:
      return failure.message;
  }
}

/** Short words for logs, metrics, the trace header and cooldowns. */
const REASONS = [
  'overloaded',
  'rate-limited',
  'quota',
  'billing',
  'credential',
  'permission',
  'not-found',
  'host-config',
  'server-error',
  'timeout',
  'connection',
  'malformed',
  'model-error',
  'conflict',
  'too-large',
  'incompatible',
  'bad-request',
  'caller',
  'state-bound',
  'fault',
] as const;
export type Reason = (typeof REASONS)[number];

export function isReason(word: string): word is Reason {
  return (REASONS as readonly string[]).includes(word);
}
