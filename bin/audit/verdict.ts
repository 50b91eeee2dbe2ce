/** Something that is not as its writers left it. */
export interface Finding {
  readonly what: 'missing' | 'changed' | 'hidden' | 'unreadable';
  readonly text: string;
}

/** What a look at a trail has shown. Intact where there is no finding. */
export interface Verdict {
  readonly objects: number;
  readonly records: number;
  readonly writers: number;
  /** Of the writers, those that have said that they end. */
  readonly ended: number;
  /** Of the others, those whose log says the same last record as the trail. */
  readonly confirmed: number;
  /** Chains that began before what was looked at. */
  readonly continued: number;
  /** The same record delivered again, as Firehose may. */
  readonly duplicates: number;
  /** Records that lie behind a later one of their writer. */
  readonly late: number;
  readonly findings: readonly Finding[];
}
