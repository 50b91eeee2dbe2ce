import type { RecordedRequest } from './recorded-request';

const MOST_REQUESTS = 1000;
const MOST_BYTES = 64 * 1024 * 1024;

/** The latest requests, oldest first; bounded, because a host may run for days and bodies may be large. */
export interface RequestRing {
  readonly requests: readonly RecordedRequest[];
  add(request: RecordedRequest): void;
}

export function createRequestRing(): RequestRing {
  const requests: RecordedRequest[] = [];
  let bytes = 0;
  return {
    requests,
    add(request) {
      requests.push(request);
      bytes += request.body.length;
      while (requests.length > MOST_REQUESTS || (bytes > MOST_BYTES && requests.length > 1)) {
        bytes -= requests.shift()?.body.length ?? 0;
      }
    },
  };
}
