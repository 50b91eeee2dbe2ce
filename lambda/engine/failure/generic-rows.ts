import {
  CONFLICT,
  CREDENTIAL,
  MINUTE,
  MODEL_ERROR,
  NOT_FOUND,
  OVERLOADED,
  PERMISSION,
  RATE_LIMITED,
  SERVER_ERROR,
  TIMED_OUT,
} from './rulings';
import type { Row } from './verdict';

/** What no vendor has said: the connection, the timers and our own credentials. */
// prettier-ignore
export const CONNECTION_ROWS: readonly Row[] = [
  { row: 1, on: ['connection:early'], action: 'retry', reason: 'connection', counts: true },
  { row: 1, on: ['connection:late'], action: 'next', reason: 'connection', counts: true },
  // The deadline is the request's, and earlier hosts may have used it up.
  { row: 2, on: ['timeout:deadline'], action: 'return', reason: 'timeout' },
  { row: 2, on: ['timeout:*'], ...TIMED_OUT },
  { row: 15, on: ['credential'], action: 'next', reason: 'credential', cooldownMs: MINUTE },
];

/** What a status says by itself, where no vendor's word has said more. */
// prettier-ignore
export const STATUS_ROWS: readonly Row[] = [
  { row: 4, on: [529], ...OVERLOADED },
  { row: 28, on: [424], ...MODEL_ERROR },
  { row: 8, on: [429], ...RATE_LIMITED },
  { row: 15, on: [401], ...CREDENTIAL },
  { row: 16, on: [403], ...PERMISSION },
  { row: 17, on: [404], ...NOT_FOUND },
  { row: 26, on: [413], when: 'largerHostLeft', action: 'next', reason: 'too-large' },
  { row: 26, on: [413], action: 'return', reason: 'too-large' },
  { row: 27, on: [409], ...CONFLICT },
  { row: 7, on: [408, 504], ...TIMED_OUT },
  { row: 6, on: [502, 503], ...SERVER_ERROR },
  { row: 5, on: [500], ...SERVER_ERROR },
];

/** Classes of statuses that no other row knows. */
export const CLASS_ROWS: readonly Row[] = [
  { row: 30, on: ['4xx'], action: 'next', reason: 'incompatible' },
  { row: 6, on: ['5xx'], action: 'next', reason: 'server-error', counts: true },
];

/** A 200 that is no answer, a redirect, a status of no class: nothing the wire would answer. */
export const ANYTHING_ELSE: Row = { row: 31, on: [], action: 'next', reason: 'malformed', counts: true };
