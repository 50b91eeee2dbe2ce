/** What the client asks for and the upstream answers. Both sides know it by this header, which every gateway passes on. */
export const WORKLOAD_HEADER = 'anthropic-bench';

/**
 * `short`: an answer of 300 tokens. `first`: three events at once, the rest later. `paced`: an event every 2 ms with its
 * own time of sending. `burst`: 200 events at once. `bulk`: 20 MB. `slow`: 200 MB, which the client reads slowly.
 */
export type Workload = 'short' | 'first' | 'paced' | 'burst' | 'bulk' | 'slow';

/** One run of the client. */
export interface Run {
  readonly port: number;
  readonly workload: Workload;
  readonly stream: boolean;
  readonly count: number;
  readonly concurrency: number;
}

export interface RunResult {
  /** Of a request, of its first event, or of an event's way: whatever the workload is about. */
  readonly p50Ms: number;
  readonly perSecond: number;
  /** Events that arrived together with one that was sent 1 ms earlier or more. */
  readonly coalesced: number;
}

/** What a gateway has used up since its start. */
export interface Usage {
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

export const BULK_BYTES = 20e6;
export const SLOW_BYTES = 200e6;
export const SLOW_BYTES_PER_MS = 40_000;
