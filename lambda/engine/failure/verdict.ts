import type { Reason } from './failure';

/** What to do about a failure. */
export interface Verdict {
  /** Row of the classification table. */
  readonly row: number;
  readonly action: 'retry' | 'next' | 'adapt' | 'return';
  /** What `retry` and `adapt` turn into once the host's retry budget is spent or nothing is left to adapt. */
  readonly whenRetriesUsed: 'next' | 'return';
  readonly reason: Reason;
  /** False where the host is sound and only this request or our configuration is not. */
  readonly countsAgainstHealth: boolean;
  /** Stop sending for so long: to one key (where the host has several), or to this model on this host. */
  readonly cooldownMs: number | undefined;
  /** What the host asked for, uncapped. */
  readonly retryAfterMs: number | undefined;
  /** Read the credential anew before the retry. */
  readonly refreshCredential: boolean;
}

/** What a row may ask that the error itself does not tell. */
export interface Circumstances {
  /** A host with the current schema that has not been tried is available. */
  readonly currentSchemaHostLeft: boolean;
  /** A host with a larger body limit is available. */
  readonly largerHostLeft: boolean;
  readonly withoutRetryAfter: boolean;
}

/** `current` hosts take whatever the wire's owner has published; `lagging` ones learn new fields and betas later. */
export type Schema = 'current' | 'lagging';

/** What a row decides. */
export interface Ruling {
  readonly action: Verdict['action'];
  /** @default 'next' */
  readonly whenRetriesUsed?: Verdict['whenRetriesUsed'];
  readonly reason: Reason;
  /** @default false */
  readonly counts?: boolean;
  readonly cooldownMs?: number;
  /** The cooldown lasts as long as the host says; `cooldownMs` stands in when it says nothing. */
  readonly coolForRetryAfter?: boolean;
  /** The cooldown ends with the calendar month, or after `cooldownMs`, if that is sooner. */
  readonly coolForMonth?: boolean;
  /** @default false */
  readonly refreshCredential?: boolean;
}

/** One row of the classification table. */
export interface Row extends Ruling {
  readonly row: number;
  /** Any one of: status, status class, error type (without `Exception`), error code. `*` ends a prefix. */
  readonly on: readonly (number | string)[];
  /** Only where no status, type or code tells the case apart: vendors change their wording. */
  readonly text?: RegExp;
  readonly source?: string;
  readonly schema?: Schema;
  readonly when?: keyof Circumstances;
}
