/** What the client asks for and the upstream answers stands after this in the prompt: headers do not pass every gateway. */
export const WORKLOAD_MARK = 'bench=';

/**
 * `short`: an answer of 300 tokens. `first`: three events at once, the rest later. `paced`: an event every 2 ms with its
 * own time of sending, `steady` every 20 ms. `long`: 300 in ten
 * seconds. `idle`: one event, and for three seconds nothing. `burst`: 200 events at once. `bulk`: 20 MB. `slow`: 200 MB, which the client
 * reads slowly; `crowd`: 20 MB, more slowly still.
 */
export type Workload = 'short' | 'first' | 'paced' | 'steady' | 'long' | 'idle' | 'burst' | 'bulk' | 'slow' | 'crowd';

/** One run of the client. */
export interface BenchRun {
  readonly port: number;
  readonly workload: Workload;
  readonly stream: boolean;
  readonly count: number;
  readonly concurrency: number;
  /** No request begins after so long. @default - all of them do */
  readonly maxMs?: number;
  /** @default - as the upstream wants it */
  readonly target?: {
    readonly path?: string;
    readonly model: string;
    readonly headers: Readonly<Record<string, string>>;
  };
}

export interface RunResult {
  /** Of a request, of its first event, or of an event's way: whatever the workload is about. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly latestMs: number;
  readonly perSecond: number;
  /** Events that arrived together with one that was sent 1 ms earlier or more. */
  readonly coalesced: number;
}

/** What a gateway has used up since its start. */
export interface ProcessUsage {
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

export const BULK_BYTES = 20e6;
export const SLOW_BYTES = 200e6;
/** How fast a client reads that is slower than its host. */
export const SLOW_BYTES_PER_MS = { slow: 40_000, crowd: 2_000 } as const;
