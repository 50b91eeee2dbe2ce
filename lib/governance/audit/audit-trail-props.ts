import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** Who may end the retention of a record before its time. */
export enum AuditLock {
  /** Only the break-glass role, by `s3:BypassGovernanceRetention`. */
  GOVERNANCE = 'GOVERNANCE',
  /** Nobody, the account's root user among them, and nobody can take that back: try with `GOVERNANCE` first. */
  COMPLIANCE = 'COMPLIANCE',
}

/** What the records of an hour are kept as. */
export enum AuditFormat {
  /** JSON lines, compressed: read by everything, `claude-failover audit verify` among it. */
  JSON_LINES = 'json',
  /** Parquet: Athena scans a fraction of it. Firehose makes it, from at least 64 MB or once in `bufferInterval`. */
  PARQUET = 'parquet',
}

/** What a router does that cannot write its records. */
export enum AuditFailure {
  /** It serves all the same, keeps up to 16 MB of records for later, and says so in the metrics `AuditWaiting` and `AuditLost`. */
  OPEN = 'open',
  /** It refuses requests, by an error that clients try again, until records can be written. */
  CLOSED = 'closed',
}

/** Requests and answers themselves, in a bucket of their own. */
export interface AuditContentsProps {
  /**
   * How long they are kept, and cannot be deleted before: whole days from 1 to 36,500. Then S3 deletes them.
   * @default Duration.days(30)
   */
  readonly retention?: Duration;
  /**
   * @default AuditLock.GOVERNANCE
   */
  readonly lock?: AuditLock;
}

/** A trail of who has asked for what, and of what operators have done. */
export interface AuditTrailProps {
  /**
   * How long records are kept, and cannot be deleted before: whole days from 1 to 36,500. Then S3 deletes them.
   * @default Duration.days(365)
   */
  readonly retention?: Duration;
  /**
   * Who may end that retention before its time.
   * @default AuditLock.GOVERNANCE
   */
  readonly lock?: AuditLock;
  /**
   * What records are kept as.
   * @default AuditFormat.JSON_LINES
   */
  readonly format?: AuditFormat;
  /**
   * How long records wait in Firehose for others, so that an object has many: whole seconds, from 1 minute to 15.
   * @default Duration.minutes(5)
   */
  readonly bufferInterval?: Duration;
  /**
   * What routers do that cannot write their records.
   * @default AuditFailure.OPEN
   */
  readonly failure?: AuditFailure;
  /**
   * Keeps requests and answers themselves as well, prompts and all, with a key of their own.
   * @default - metadata only: no word of a prompt or an answer
   */
  readonly contents?: AuditContentsProps;
  /**
   * The one role that may do what is denied to everybody: end a retention, delete, change the buckets' settings, schedule the
   * deletion of a key.
   * @default - nobody
   */
  readonly breakGlassRole?: iam.IRole;
  /**
   * MB that one query of the workgroup may scan, a whole number from 10. Athena charges what is scanned.
   * @default 10000
   */
  readonly queryLimitMb?: number;
}
