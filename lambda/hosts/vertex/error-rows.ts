import {
  CREDENTIAL,
  HOST_CONFIG,
  MINUTE,
  NOT_FOUND,
  PERMISSION,
  RATE_LIMITED,
  SERVER_ERROR,
  TIMED_OUT,
} from '../../engine/failure/rulings';
import type { Row } from '../../engine/failure/verdict';

/** Google's canonical codes, and the reasons in its details. */
// prettier-ignore
export const GOOGLE_ROWS: readonly Row[] = [
  { row: 8, on: ['RESOURCE_EXHAUSTED'], ...RATE_LIMITED },
  { row: 15, on: ['UNAUTHENTICATED'], ...CREDENTIAL },
  // The role is known and may not yet: somebody has to be told, as of any other credential that is of no use.
  { row: 16, on: ['SERVICE_DISABLED', 'IAM_PERMISSION_DENIED'], source: 'google',
    action: 'next', reason: 'credential', cooldownMs: 5 * MINUTE },
  { row: 16, on: ['PERMISSION_DENIED'], ...PERMISSION },
  { row: 17, on: ['NOT_FOUND'], ...NOT_FOUND },
  { row: 19, on: ['FAILED_PRECONDITION'], ...HOST_CONFIG },
  { row: 7, on: ['DEADLINE_EXCEEDED'], ...TIMED_OUT },
  { row: 6, on: ['UNAVAILABLE'], ...SERVER_ERROR },
  { row: 5, on: ['INTERNAL'], ...SERVER_ERROR },
];
