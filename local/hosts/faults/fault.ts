/** An error the host tells in its own wire: the rows of the error table. */
export type ErrorFaultKind =
  | 'overloaded'
  | 'rate-limited'
  | 'throttling'
  | 'server-error'
  | 'unavailable'
  | 'expired-credential'
  | 'invalid-beta'
  | 'unknown-field'
  | 'not-found-model'
  | 'model-not-enabled'
  | 'billing'
  | 'spend-limit'
  | 'prompt-too-long'
  | 'content-policy'
  | 'no-prefill'
  | 'no-prompt-caching'
  | 'foreign-signature'
  | 'html';

/** What an error inside a 200 stream stands for. */
export type StreamErrorKind = 'overloaded' | 'rate-limited' | 'server-error' | 'invalid';

interface Strikes {
  /** Heals itself after so many requests. @default - stays until it is cleared */
  readonly times?: number;
  /** Share of the requests it strikes, spread evenly. @default 1 */
  readonly rate?: number;
  /** Strikes only the requests that carry this key or token. @default - all */
  readonly key?: string;
}

/** A simulated host's way to be broken. `afterEvents` counts content events: block starts, deltas and stops. */
export type Fault =
  | (Strikes &
      /** `status` instead of the one the error usually has. */
      (
        | {
            readonly kind: Exclude<ErrorFaultKind, 'rate-limited' | 'throttling' | 'invalid-beta' | 'unknown-field'>;
            readonly status?: number;
          }
        /** `retryAfter` in seconds; 0 leaves the header out. */
        | { readonly kind: 'rate-limited'; readonly retryAfter?: number }
        /** With `afterEvents`, inside the stream. */
        | { readonly kind: 'throttling'; readonly retryAfter?: number; readonly afterEvents?: number }
        /** Only requests with that beta. @default - with any beta */
        | { readonly kind: 'invalid-beta'; readonly beta?: string }
        /** Only requests with that field, a dotted path, e.g. `tools.*.strict`. @default 'context_management' */
        | { readonly kind: 'unknown-field'; readonly field?: string }
        /** Headers and message_start at once, content after `ms`. @default 20000 */
        | { readonly kind: 'slow-first-token'; readonly ms?: number }
        | { readonly kind: 'hang' | 'hang-after-headers' | 'reset' }
        /** Nothing but pings after message_start, one every `everyMs`. @default 1000 */
        | { readonly kind: 'only-pings'; readonly everyMs?: number }
        /** A silence of `ms` in the middle. */
        | { readonly kind: 'pause'; readonly ms: number; readonly afterEvents?: number }
        | { readonly kind: 'cut' | 'stall' | 'malformed-event'; readonly afterEvents?: number }
        /** A sound end of the connection. Without `afterEvents`, nothing is missing but message_stop. */
        | { readonly kind: 'end-without-stop'; readonly afterEvents?: number }
        | { readonly kind: 'error-in-stream'; readonly afterEvents?: number; readonly error?: StreamErrorKind }
      ))
  /** Nobody listens on the port until the fault is cleared. */
  | { readonly kind: 'refused' };

/** The demo page's switches. */
export const FAULTS: readonly { readonly label: string; readonly fault: Fault }[] = [
  { label: 'Overloaded (529)', fault: { kind: 'overloaded' } },
  { label: 'Rate limited (429, retry-after 30 s)', fault: { kind: 'rate-limited' } },
  { label: 'Throttled (429)', fault: { kind: 'throttling' } },
  { label: 'Throttled inside the stream', fault: { kind: 'throttling', afterEvents: 0 } },
  { label: 'Server error (500)', fault: { kind: 'server-error' } },
  { label: 'Unavailable (503)', fault: { kind: 'unavailable' } },
  { label: 'Connection refused', fault: { kind: 'refused' } },
  { label: 'Connection reset', fault: { kind: 'reset' } },
  { label: 'Hangs before headers', fault: { kind: 'hang' } },
  { label: 'Hangs after headers', fault: { kind: 'hang-after-headers' } },
  { label: 'Slow first token (20 s)', fault: { kind: 'slow-first-token' } },
  { label: 'Pings, but no token', fault: { kind: 'only-pings' } },
  { label: 'Error in the stream, before content', fault: { kind: 'error-in-stream' } },
  { label: 'Error in the stream, after content', fault: { kind: 'error-in-stream', afterEvents: 3 } },
  { label: 'Stream cut after content', fault: { kind: 'cut' } },
  { label: 'Stream stalls after content', fault: { kind: 'stall' } },
  { label: 'Stream pauses for 10 s', fault: { kind: 'pause', ms: 10_000 } },
  { label: 'Stream ends in its middle', fault: { kind: 'end-without-stop', afterEvents: 3 } },
  { label: 'Stream ends without message_stop', fault: { kind: 'end-without-stop' } },
  { label: 'Malformed event', fault: { kind: 'malformed-event' } },
  { label: 'HTML page instead of an answer', fault: { kind: 'html' } },
  { label: 'Credential expired', fault: { kind: 'expired-credential' } },
  { label: 'Credit balance too low', fault: { kind: 'billing' } },
  { label: 'Spend limit reached', fault: { kind: 'spend-limit' } },
  { label: 'Model not found', fault: { kind: 'not-found-model' } },
  { label: 'Model not enabled', fault: { kind: 'model-not-enabled' } },
  { label: 'Beta flag rejected', fault: { kind: 'invalid-beta' } },
  { label: 'Field not known', fault: { kind: 'unknown-field' } },
  { label: 'Prompt too long', fault: { kind: 'prompt-too-long' } },
  { label: 'Blocked by the content policy', fault: { kind: 'content-policy' } },
  { label: 'Prefill rejected', fault: { kind: 'no-prefill' } },
  { label: 'Prompt caching rejected', fault: { kind: 'no-prompt-caching' } },
  { label: 'Signature of a thinking block rejected', fault: { kind: 'foreign-signature' } },
];
