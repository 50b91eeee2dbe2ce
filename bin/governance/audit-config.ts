import { Duration } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import * as v from 'valibot';
import { object, oneOf, pattern, wholeNumber } from '../../lambda/schema/schema-parts';
import { AUDIT_FAILURES, type AuditFailure as Failure } from '../../lib/contract';
import { AuditTrail } from '../../lib/governance/audit/audit-trail';
import { AuditFailure, AuditFormat, AuditLock } from '../../lib/governance/audit/audit-trail-props';
import { member } from '../member';

type Lock = 'governance' | 'compliance';
const LOCKS = ['governance', 'compliance'] as const;
const FORMATS = ['json', 'parquet'] as const;

/** Where it is written who has asked for what, so that nobody can change it afterwards; docs/audit.md. */
export interface AuditTrailConfig {
  /** Years for which a record can be neither changed nor deleted, 1 to 99. @default 1 */
  readonly years?: number;
  /** `compliance`: not even the break-glass role, nor the root user, and there is no way back. @default 'governance' */
  readonly lock?: Lock;
  /** @default 'json' */
  readonly format?: `${AuditFormat}`;
  /** `closed`: no request is served while records cannot be written. @default 'open' */
  readonly whenDown?: Failure;
  /** Requests and answers themselves, prompts and all. @default - they are kept nowhere */
  readonly contents?: AuditContentsConfig;
  /** ARN of the one role that may end a retention. @default - nobody */
  readonly breakGlassRoleArn?: string;
}

export interface AuditContentsConfig {
  /** Days for which they are kept, 1 to 36500. @default 30 */
  readonly days?: number;
  /** @default 'governance' */
  readonly lock?: Lock;
}

const lock = v.optional(oneOf(LOCKS, 'who may end a retention; default governance: the break-glass role'));

export const auditTrailSchema = object('where it is written who has asked for what', {
  years: v.optional(wholeNumber(1, 99, 'years that a record is kept; default 1')),
  lock,
  format: v.optional(oneOf(FORMATS, 'what records are kept as; default json')),
  whenDown: v.optional(oneOf(AUDIT_FAILURES, 'whether requests are served without a record; default open')),
  contents: v.optional(
    object('requests and answers themselves', {
      days: v.optional(wholeNumber(1, 36_500, 'days that they are kept; default 30')),
      lock,
    }),
  ),
  breakGlassRoleArn: v.optional(
    pattern(/^arn:[^:]+:iam::\d{12}:role\/.+$/, 'the ARN of the one role that may end a retention'),
  ),
});

const DAYS_OF_YEAR = 365;
const lockOf = (given: Lock | undefined): AuditLock | undefined =>
  given && (given === 'compliance' ? AuditLock.COMPLIANCE : AuditLock.GOVERNANCE);

export function auditTrail(scope: Construct, config: AuditTrailConfig): AuditTrail {
  const { years, format, whenDown, contents, breakGlassRoleArn } = config;
  return new AuditTrail(scope, 'Audit', {
    retention: years === undefined ? undefined : Duration.days(years * DAYS_OF_YEAR),
    lock: lockOf(config.lock),
    format: format && member(AuditFormat, format),
    failure: whenDown && member(AuditFailure, whenDown),
    contents: contents && {
      retention: contents.days === undefined ? undefined : Duration.days(contents.days),
      lock: lockOf(contents.lock),
    },
    breakGlassRole:
      breakGlassRoleArn === undefined
        ? undefined
        : Role.fromRoleArn(scope, 'BreakGlassRole', breakGlassRoleArn, { mutable: false }),
  });
}
