import type { Headers } from '../host';
import { missingStep } from '../../hosts/vertex/missing-step';

/** An error body, read by whichever vendor's layer wrote it. */
export interface ErrorFacts {
  readonly source: 'anthropic' | 'aws' | 'google' | 'azure' | 'unknown';
  /** Anthropic's `error.type`, AWS's exception name, Google's `status`, Azure's `code`. */
  readonly type: string;
  /** Anthropic's `error.details.error_code`, the reason in Google's `error.details`. */
  readonly code: string | undefined;
  readonly message: string;
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
  | { readonly kind: 'stream'; readonly status: number; readonly headers: Headers; readonly facts: ErrorFacts }
  /** No connection, or it broke before the answer was complete. */
  | { readonly kind: 'connection'; readonly message: string; readonly elapsedMs: number }
  | { readonly kind: 'timeout'; readonly timer: 'headers' | 'first-content' | 'idle' | 'deadline' }
  /** A 200 that is not a Message or not a complete stream. */
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'credential'; readonly message: string };

export function failureDetail(failure: Failure): string {
  switch (failure.kind) {
    case 'http':
    case 'stream': {
      const { source, type, code } = failure.facts;
      const step = source === 'google' ? (missingStep(code ?? '') ?? missingStep(type)) : undefined;
      return [source, type, code].filter(Boolean).join(' ') + (step === undefined ? '' : `: ${step}`);
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
] as const;
export type Reason = (typeof REASONS)[number];

export function isReason(word: string): word is Reason {
  return (REASONS as readonly string[]).includes(word);
}

/** What to do about a failure. */
export interface Verdict {
  /** Row of the classification table. */
  readonly row: number;
  readonly action: 'retry' | 'next' | 'adapt' | 'return';
  /** What `retry` and `adapt` turn into once the host's retry budget is spent or nothing is left to adapt. */
  readonly whenRetriesUsed: 'next' | 'return';
  readonly reason: Reason;
  /** False where the host is sound and only this request or our configuration is not. */
  readonly countsAgainstHealth: boolean;
  /** Stop sending for so long: to one key (where the host has several), or to this model on this host. */
  readonly cooldownMs: number | undefined;
  /** What the host asked for, uncapped. */
  readonly retryAfterMs: number | undefined;
  /** Read the credential anew before the retry. */
  readonly refreshCredential: boolean;
}
