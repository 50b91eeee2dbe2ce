/** Simulated hosts that can be broken, beside the gateway that is looked at. */
export interface Faults {
  state(): Promise<FaultsNow>;
  /** False for what there is not. */
  act(action: string, values: Readonly<Record<string, unknown>>): Promise<boolean>;
}

export interface FaultsNow {
  readonly hosts: readonly {
    readonly name: string;
    readonly title: string;
    readonly detail: string;
    /** False for a real host. */
    readonly canBreak: boolean;
    /** Id of the switch that is on. */
    readonly fault: string | null;
  }[];
  readonly switches: readonly { readonly id: string; readonly label: string }[];
  /** As the demo's own client has counted. */
  readonly totals: { readonly requests: number; readonly failures: number; readonly failovers: number };
  /** What the gateway adds to an answer, or what answers take where that is not known. Milliseconds. */
  readonly latency?: { readonly p50: number; readonly p95: number };
  readonly commit: 'complete' | 'first-content';
  readonly isSimulated: boolean;
  /** The client asks all the time. */
  readonly isSteady: boolean;
  /** Shortened for the demo. */
  readonly pace?: { readonly openMs: number; readonly rampStageMs: number };
}
