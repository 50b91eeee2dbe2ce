/** What a router does whose audit trail cannot be written: it serves all the same, or refuses until it can. */
export const AUDIT_FAILURES = ['open', 'closed'] as const;
export type AuditFailure = (typeof AUDIT_FAILURES)[number];

/** Where a router says who has asked for what, so that nobody can change it afterwards. */
export interface AuditConfig {
  /** Name of the delivery stream of Amazon Data Firehose. */
  readonly stream: string;
  /** Region of the stream, and of the bucket of contents. @default - the router's own */
  readonly region?: string;
  /** @default 'open' */
  readonly whenDown?: AuditFailure;
  /** Requests and answers themselves go into this bucket, one object each. @default - they are kept nowhere */
  readonly contents?: { readonly bucket: string };
}

/** What tools have to know of a stack's trail. */
export interface AuditDescription {
  readonly stream: string;
  readonly bucket: string;
  readonly format: 'json' | 'parquet';
  /** Of the router, which says there how far each chain has come. @default - its log is not in CloudWatch */
  readonly logGroup?: string;
}

/** Folders of the trail's bucket: what has arrived, by the hour in UTC, and what Firehose could not make anything of. */
export const AUDIT_PREFIXES = { records: 'records/', errors: 'errors/' } as const;

/** Writer of operators' acts: one chain for all of them, whose head is in the health table under this kind and entry. */
export const OPERATORS = { kind: 'audit', entry: 'operators' } as const;

/** Message of the log line that says how far a writer's chain has come. */
export const HEAD_MESSAGE = 'audit head';
