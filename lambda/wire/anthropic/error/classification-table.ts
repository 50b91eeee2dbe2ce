import type { ErrorFacts, Reason, Verdict } from '../../../engine/failure/failure';

/** What a row may ask that the error itself does not tell. */
export interface Circumstances {
  /** A host with Anthropic's schema that has not been tried is available. */
  readonly anthropicSchemaHostLeft: boolean;
  /** A host with a larger body limit is available. */
  readonly largerHostLeft: boolean;
  readonly withoutRetryAfter: boolean;
}

/** `lagging` hosts (Bedrock, Vertex, Azure-hosted Foundry) learn new fields and betas later than Anthropic's own schema. */
export type Schema = 'anthropic' | 'lagging';

export interface Row {
  readonly row: number;
  /** Any one of: status, status class, error type (AWS: without `Exception`), error code. `*` ends a prefix. */
  readonly on: readonly (number | string)[];
  /** Only where no status, type or code tells the case apart: vendors change their wording. */
  readonly text?: RegExp;
  readonly source?: ErrorFacts['source'];
  readonly schema?: Schema;
  readonly when?: keyof Circumstances;

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

type Outcome = Omit<Row, 'row' | 'on' | 'text' | 'source' | 'schema' | 'when'>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const PROMPT_TOO_LONG = /Input is too long for requested model|^prompt is too long\b/;
/** The model's own refusal: the same model refuses it everywhere. */
const BLOCKED = /\bblocked by (the )?content filtering policy\b/;

const SERVER_ERROR: Outcome = { action: 'retry', reason: 'server-error', counts: true, coolForRetryAfter: true };
/** The host says when it takes requests again, so it is sound: the cooldown covers it, the breaker stays out of it. */
const RATE_LIMITED: Outcome = {
  action: 'next',
  reason: 'rate-limited',
  cooldownMs: 5 * SECOND,
  coolForRetryAfter: true,
};
const QUOTA: Outcome = { action: 'next', reason: 'quota', cooldownMs: 15 * MINUTE };
const SPENT: Outcome = { ...QUOTA, coolForMonth: true };
const BILLING: Outcome = { action: 'next', reason: 'billing', cooldownMs: 15 * MINUTE };
const CREDENTIAL: Outcome = { action: 'retry', reason: 'credential', cooldownMs: MINUTE, refreshCredential: true };
const HOST_CONFIG: Outcome = { action: 'next', reason: 'host-config', cooldownMs: 10 * MINUTE };
const ADAPT: Outcome = { action: 'adapt', reason: 'incompatible' };
const ELSEWHERE: Outcome = { action: 'next', reason: 'incompatible' };
const REQUEST_FAULT: Outcome = { action: 'return', reason: 'bad-request' };

/** The first row that matches decides. Row 32, errors inside a stream, is every row: they are judged by their type. */
// prettier-ignore
export const CLASSIFICATION_TABLE: readonly Row[] = [
  { row: 1, on: ['connection:early'], action: 'retry', reason: 'connection', counts: true },
  { row: 1, on: ['connection:late'], action: 'next', reason: 'connection', counts: true },
  // The deadline is the request's, and earlier hosts may have used it up.
  { row: 2, on: ['timeout:deadline'], action: 'return', reason: 'timeout' },
  { row: 2, on: ['timeout:*'], action: 'next', reason: 'timeout', counts: true },
  { row: 15, on: ['credential'], action: 'next', reason: 'credential', cooldownMs: MINUTE },

  { row: 14, on: ['linked_organization_*', 'user_profile_*'], action: 'return', reason: 'caller' },
  { row: 18, on: ['file_expired', 'thread_not_found'], action: 'return', reason: 'state-bound' },
  { row: 18, on: [404], source: 'anthropic', text: /\b(file|container|thread)(_|\b)/i, action: 'return', reason: 'state-bound' },
  // A trust and safety hold is not to be routed around.
  { row: 13, on: ['organization_on_hold'], action: 'return', reason: 'permission' },
  { row: 13, on: ['claude_code_key_creator_not_member', 'cmek_key_disabled', 'cmek_key_network_blocked'],
    action: 'next', reason: 'permission', cooldownMs: 5 * MINUTE },
  { row: 9, on: ['ramp_limit_exceeded'], ...RATE_LIMITED },
  { row: 10, on: ['enforced_spend_limit_reached', 'contract_spend_limit_reached'], ...SPENT },
  // Bedrock and Vertex never send retry-after: only with Anthropic does its absence mean a spent tier.
  { row: 10, on: [429], source: 'anthropic', schema: 'anthropic', when: 'withoutRetryAfter', ...SPENT },
  { row: 11, on: [400], text: /^You have reached your specified .{0,40}usage limits/, ...QUOTA },
  { row: 12, on: [400], text: /^Your credit balance is too low/, ...BILLING },
  { row: 12, on: [402, 'billing_error'], ...BILLING },

  { row: 35, on: ['compaction_unavailable'], action: 'next', reason: 'overloaded', counts: true },
  { row: 4, on: [529, 'overloaded_error'], action: 'next', reason: 'overloaded', counts: true, cooldownMs: 10 * SECOND },
  { row: 29, on: ['ModelNotReady'], action: 'next', reason: 'overloaded', counts: true, cooldownMs: 5 * SECOND },
  { row: 28, on: [424, 'ModelError', 'ModelStreamError'], action: 'next', reason: 'model-error', counts: true },
  { row: 8, on: [429, 'rate_limit_error', 'Throttling', 'RESOURCE_EXHAUSTED'], ...RATE_LIMITED },

  { row: 15, on: [401, 'authentication_error', 'UNAUTHENTICATED', 'InvalidClientTokenId', 'UnrecognizedClient',
    'ExpiredToken', 'InvalidSignature', 'SignatureDoesNotMatch', 'IncompleteSignature', 'RequestExpired'], ...CREDENTIAL },
  { row: 15, on: [403], text: /security token included in the request is (expired|invalid)/, ...CREDENTIAL },
  // The role is known and may not yet: somebody has to be told, as of any other credential that is of no use.
  { row: 16, on: ['SERVICE_DISABLED', 'IAM_PERMISSION_DENIED'], source: 'google',
    action: 'next', reason: 'credential', cooldownMs: 5 * MINUTE },
  { row: 21, on: [403], schema: 'lagging', text: /explicit prompt caching/i, ...ADAPT },
  { row: 16, on: [403, 'permission_error', 'AccessDenied', 'PERMISSION_DENIED'],
    action: 'next', reason: 'permission', cooldownMs: 5 * MINUTE },
  { row: 17, on: [404, 'not_found_error', 'ResourceNotFound', 'NOT_FOUND', 'DeploymentNotFound', 'api_not_supported'],
    action: 'next', reason: 'not-found', cooldownMs: 10 * MINUTE },
  { row: 19, on: ['ServiceQuotaExceeded'], ...HOST_CONFIG, reason: 'quota' },
  { row: 19, on: ['FAILED_PRECONDITION', 'NotAuthorized', 'InvalidAction'], ...HOST_CONFIG },

  { row: 26, on: [413, 'request_too_large'], when: 'largerHostLeft', action: 'next', reason: 'too-large' },
  { row: 26, on: [413, 'request_too_large'], action: 'return', reason: 'too-large' },
  { row: 27, on: [409, 'conflict_error', 'Conflict'], action: 'retry', whenRetriesUsed: 'return', reason: 'conflict' },
  // No retry: it may be the request that takes so long.
  { row: 7, on: [408, 504, 'timeout_error', 'ModelTimeout', 'DEADLINE_EXCEEDED'],
    action: 'next', reason: 'timeout', counts: true },
  { row: 6, on: [502, 503, 'ServiceUnavailable', 'UNAVAILABLE'], ...SERVER_ERROR },
  { row: 5, on: [500, 'api_error', 'InternalServer', 'InternalFailure', 'INTERNAL'], ...SERVER_ERROR },

  { row: 19, on: [400], text: /on-demand throughput isn.t supported|provided model identifier is invalid/i, ...HOST_CONFIG },
  { row: 22, on: [400], schema: 'lagging', text: /\banthropic[-_]version\b|\bAPI version\b/i, ...ADAPT },
  { row: 20, on: [400], schema: 'lagging', text: /invalid beta flag|\banthropic[-_]beta\b/i, ...ADAPT },
  { row: 21, on: [400], schema: 'lagging', ...ADAPT,
    text: /Extra inputs are not permitted|extraneous key|unknown (field|name|parameter)|explicit prompt caching|^cache_control\b|\b(output_config|defer_loading|context_management)\b/i },
  // A signature another host may accept, above all the one that wrote it. Thinking is never stripped silently, and the
  // host is sound, so nothing counts; Claude Code recovers by the wording, which Anthropic-schema hosts return as it is.
  { row: 23, on: [400], schema: 'lagging', text: /invalid `?signature`? in `?thinking`? block|\bsignature: Field required/i,
    action: 'next', reason: 'state-bound' },
  { row: 24, on: [400], source: 'anthropic', schema: 'anthropic', ...REQUEST_FAULT },
  { row: 25, on: [400], text: PROMPT_TOO_LONG, ...REQUEST_FAULT },
  { row: 25, on: [400], text: BLOCKED, ...REQUEST_FAULT },
  // A schema gap and a bad request look the same here; one try at a host with Anthropic's schema tells them apart.
  { row: 25, on: [400], when: 'anthropicSchemaHostLeft', ...ELSEWHERE },
  { row: 25, on: [400], ...REQUEST_FAULT },

  { row: 30, on: ['4xx'], source: 'anthropic', schema: 'anthropic', ...REQUEST_FAULT },
  { row: 30, on: ['4xx'], ...ELSEWHERE },
  { row: 6, on: ['5xx'], action: 'next', reason: 'server-error', counts: true },
];

/** A 200 that is no Message, a redirect, a status of no class: nothing the Messages API would answer. */
export const ANYTHING_ELSE: Row = { row: 31, on: [], action: 'next', reason: 'malformed', counts: true };
