/** One call to one host, as that host saw it. */
export interface Attempt {
  readonly host: string;
  /** Tokens it has to be paid for so far: of the prompt, and generated. */
  input: number;
  output: number;
  /** Its answer was read to the end. */
  whole: boolean;
}

/** One request of a client, and what came of it. Times in milliseconds since the epoch. */
export interface LedgerEntry {
  readonly number: number;
  readonly conversation: number;
  readonly at: number;
  /** The primary would have served it at that moment. */
  readonly primarySound: boolean;
  readonly attempts: Attempt[];
  /** Which process took it. */
  process: number;
  endedAt: number;
  status: number;
  /** The client has the whole answer. */
  delivered: boolean;
  /** Seconds, where it was told. */
  retryAfter: number | undefined;
  /** What the gateway says it left out or adapted. */
  note: string;
}

export const servedBy = ({ delivered, attempts }: LedgerEntry): string | undefined =>
  delivered ? attempts.findLast(({ whole }) => whole)?.host : undefined;
