import {
  ADAPT,
  BILLING,
  CONFLICT,
  CREDENTIAL,
  ELSEWHERE,
  NOT_FOUND,
  OVERLOADED,
  PERMISSION,
  QUOTA,
  RATE_LIMITED,
  REQUEST_FAULT,
  SERVER_ERROR,
  SPENT,
  STATE_BOUND,
  TIMED_OUT,
} from '../../../engine/failure/rulings';
import type { Row } from '../../../engine/failure/verdict';

export const PROMPT_TOO_LONG = /Input is too long for requested model|^prompt is too long\b/;
/** The model's own refusal: the same model refuses it everywhere. */
const BLOCKED = /\bblocked by (the )?content filtering policy\b/;

/** Codes and words that say more than the type they come with. */
// prettier-ignore
export const ANTHROPIC_CODE_ROWS: readonly Row[] = [
  { row: 14, on: ['linked_organization_*', 'user_profile_*'], action: 'return', reason: 'caller' },
  { row: 18, on: ['file_expired', 'thread_not_found'], ...STATE_BOUND },
  { row: 18, on: [404], source: 'anthropic', text: /\b(file|container|thread)(_|\b)/i, ...STATE_BOUND },
  // A trust and safety hold is not to be routed around.
  { row: 13, on: ['organization_on_hold'], action: 'return', reason: 'permission' },
  { row: 13, on: ['claude_code_key_creator_not_member', 'cmek_key_disabled', 'cmek_key_network_blocked'], ...PERMISSION },
  { row: 9, on: ['ramp_limit_exceeded'], ...RATE_LIMITED },
  { row: 10, on: ['enforced_spend_limit_reached', 'contract_spend_limit_reached'], ...SPENT },
  // The clouds never send retry-after: only with Anthropic does its absence mean a spent tier.
  { row: 10, on: [429], source: 'anthropic', schema: 'current', when: 'withoutRetryAfter', ...SPENT },
  { row: 11, on: [400], text: /^You have reached your specified .{0,40}usage limits/, ...QUOTA },
  { row: 12, on: [400], text: /^Your credit balance is too low/, ...BILLING },
  { row: 12, on: [402, 'billing_error'], ...BILLING },
  { row: 35, on: ['compaction_unavailable'], action: 'next', reason: 'overloaded', counts: true },
];

/** Types of the error envelope. */
// prettier-ignore
export const ANTHROPIC_TYPE_ROWS: readonly Row[] = [
  { row: 4, on: ['overloaded_error'], ...OVERLOADED },
  { row: 8, on: ['rate_limit_error'], ...RATE_LIMITED },
  { row: 15, on: ['authentication_error'], ...CREDENTIAL },
  { row: 21, on: [403], schema: 'lagging', text: /explicit prompt caching/i, ...ADAPT },
  { row: 16, on: ['permission_error'], ...PERMISSION },
  { row: 17, on: ['not_found_error'], ...NOT_FOUND },
  { row: 26, on: ['request_too_large'], when: 'largerHostLeft', action: 'next', reason: 'too-large' },
  { row: 26, on: ['request_too_large'], action: 'return', reason: 'too-large' },
  { row: 27, on: ['conflict_error'], ...CONFLICT },
  { row: 7, on: ['timeout_error'], ...TIMED_OUT },
];

/** What says least by its type, and what is wrong with a request, in words which the clouds mostly repeat. */
// prettier-ignore
export const REQUEST_ROWS: readonly Row[] = [
  // Comes with every 5xx, so that the status tells more.
  { row: 5, on: ['api_error'], ...SERVER_ERROR },
  { row: 22, on: [400], schema: 'lagging', text: /\banthropic[-_]version\b|\bAPI version\b/i, ...ADAPT },
  { row: 20, on: [400], schema: 'lagging', text: /invalid beta flag|\banthropic[-_]beta\b/i, ...ADAPT },
  { row: 21, on: [400], schema: 'lagging', ...ADAPT,
    text: /Extra inputs are not permitted|extraneous key|unknown (field|name|parameter)|explicit prompt caching|^cache_control\b|\b(output_config|defer_loading|context_management)\b/i },
  // A signature another host may accept, above all the one that wrote it. Thinking is never stripped silently, and the
  // host is sound, so nothing counts; Claude Code recovers by the wording, which current hosts return as it is.
  { row: 23, on: [400], schema: 'lagging', text: /invalid `?signature`? in `?thinking`? block|\bsignature: Field required/i,
    action: 'next', reason: 'state-bound' },
  { row: 24, on: [400], source: 'anthropic', schema: 'current', ...REQUEST_FAULT },
  { row: 25, on: [400], text: PROMPT_TOO_LONG, ...REQUEST_FAULT },
  { row: 25, on: [400], text: BLOCKED, ...REQUEST_FAULT },
  // A schema gap and a bad request look the same here; one try at a host with the current schema tells them apart.
  { row: 25, on: [400], when: 'currentSchemaHostLeft', ...ELSEWHERE },
  { row: 25, on: [400], ...REQUEST_FAULT },
  { row: 30, on: ['4xx'], source: 'anthropic', schema: 'current', ...REQUEST_FAULT },
];
