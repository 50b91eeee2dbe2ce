/** Where the estimate of a batch stands as spent. */
export interface ChargedAccount {
  /** As it is counted under. */
  readonly scope: string;
  readonly window: string;
  /** Millionths of a dollar. */
  readonly micros: number;
  /** Of an account of one model only. */
  readonly model?: string;
}
