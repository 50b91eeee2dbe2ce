import type { Fault, ErrorFaultKind, StreamErrorKind } from './fault';

/** What a fault does to an answer. `after` counts content events; an unstreamed answer breaks in its middle. */
export type Sabotage =
  | { readonly act: 'error'; readonly row: ErrorFaultKind; readonly retryAfter?: number | undefined }
  | { readonly act: 'hang' | 'hang-after-headers' | 'reset' | 'end-without-stop' }
  | { readonly act: 'cut' | 'stall' | 'malformed-event'; readonly after: number }
  | { readonly act: 'slow'; readonly ms: number }
  | { readonly act: 'error-in-stream'; readonly after: number; readonly error: StreamErrorKind };

export function sabotage(fault: Exclude<Fault, { readonly kind: 'refused' }>, streams: boolean): Sabotage {
  switch (fault.kind) {
    case 'hang':
    case 'hang-after-headers':
    case 'reset':
    case 'end-without-stop':
      return { act: fault.kind };
    case 'cut':
    case 'stall':
    case 'malformed-event':
      return { act: fault.kind, after: fault.afterEvents ?? 3 };
    case 'slow-first-token':
      return { act: 'slow', ms: fault.ms ?? 20_000 };
    case 'error-in-stream': {
      const error = fault.error ?? 'overloaded';
      return streams ? { act: 'error-in-stream', after: fault.afterEvents ?? 0, error } : { act: 'error', row: error };
    }
    case 'throttling':
      return streams && fault.afterEvents !== undefined
        ? { act: 'error-in-stream', after: fault.afterEvents, error: 'rate-limited' }
        : { act: 'error', row: 'throttling', retryAfter: fault.retryAfter };
    case 'rate-limited':
      return { act: 'error', row: 'rate-limited', retryAfter: fault.retryAfter };
    default:
      return { act: 'error', row: fault.kind };
  }
}
