import type { Fault, ErrorFaultKind, StreamErrorKind } from './fault';

/** What a fault does to an answer. `after` counts content events; an unstreamed answer breaks in its middle. */
export type Sabotage =
  | {
      readonly act: 'error';
      readonly row: ErrorFaultKind;
      readonly retryAfter?: number | undefined;
      readonly status?: number | undefined;
    }
  | { readonly act: 'hang' | 'hang-after-headers' | 'reset' }
  | { readonly act: 'cut' | 'stall' | 'malformed-event'; readonly after: number }
  /** Before message_stop, where no `after` is given. */
  | { readonly act: 'end-without-stop'; readonly after?: number | undefined }
  | { readonly act: 'slow'; readonly ms: number; readonly after: number }
  | { readonly act: 'only-pings'; readonly everyMs: number }
  | { readonly act: 'error-in-stream'; readonly after: number; readonly error: StreamErrorKind };

export function sabotage(fault: Exclude<Fault, { readonly kind: 'refused' }>, streams: boolean): Sabotage {
  switch (fault.kind) {
    case 'hang':
    case 'hang-after-headers':
    case 'reset':
      return { act: fault.kind };
    case 'end-without-stop':
      return { act: fault.kind, after: fault.afterEvents };
    case 'cut':
    case 'stall':
    case 'malformed-event':
      return { act: fault.kind, after: fault.afterEvents ?? 3 };
    case 'slow-first-token':
      return { act: 'slow', ms: fault.ms ?? 20_000, after: 0 };
    case 'pause':
      return { act: 'slow', ms: fault.ms, after: fault.afterEvents ?? 3 };
    case 'only-pings':
      return { act: fault.kind, everyMs: fault.everyMs ?? 1000 };
    case 'error-in-stream': {
      const error = fault.error ?? 'overloaded';
      return streams
        ? { act: 'error-in-stream', after: fault.afterEvents ?? 0, error }
        : { act: 'error', row: error === 'invalid' ? 'prompt-too-long' : error };
    }
    case 'throttling':
      return streams && fault.afterEvents !== undefined
        ? { act: 'error-in-stream', after: fault.afterEvents, error: 'rate-limited' }
        : { act: 'error', row: 'throttling', retryAfter: fault.retryAfter };
    case 'rate-limited':
      return { act: 'error', row: 'rate-limited', retryAfter: fault.retryAfter };
    case 'invalid-beta':
    case 'unknown-field':
      return { act: 'error', row: fault.kind };
    default:
      return { act: 'error', row: fault.kind, status: fault.status };
  }
}
