import {
  CONFLICT,
  CREDENTIAL,
  ELSEWHERE,
  HOST_CONFIG,
  MINUTE,
  MODEL_ERROR,
  NOT_FOUND,
  OVERLOADED,
  PERMISSION,
  RATE_LIMITED,
  SERVER_ERROR,
  THROTTLED,
  TIMED_OUT,
  TOO_LARGE,
} from './rulings';
import type { Row } from './verdict';

/** What no vendor has said: the connection, the timers, our own credentials and our own faults. */
// prettier-ignore
export const CONNECTION_ROWS: readonly Row[] = [
  { row: 1, on: ['connection:early'], action: 'retry', reason: 'connection', owner: 'host', counts: true },
  { row: 1, on: ['connection:late'], action: 'next', reason: 'connection', owner: 'host', counts: true },
  // The deadline is the request's, and earlier hosts may have used it up.
  { row: 2, on: ['timeout:deadline'], action: 'return', reason: 'timeout', owner: 'client' },
  // A timer that the client has shortened says how patient the client is, and nothing of the host.
  { row: 2, on: ['timeout:hasty'], action: 'next', reason: 'timeout', owner: 'client' },
  { row: 2, on: ['timeout:*'], ...TIMED_OUT },
  { row: 15, on: ['credential'], action: 'next', reason: 'credential', owner: 'operator', cooldownMs: MINUTE },
  { row: 36, on: ['fault'], action: 'next', reason: 'fault', owner: 'request' },
];

/** What a status says by itself, where no vendor's word has said more. */
// prettier-ignore
export const STATUS_ROWS: readonly Row[] = [
  { row: 4, on: [529], ...OVERLOADED },
  { row: 28, on: [424], ...MODEL_ERROR },
  { row: 8, on: [429], when: 'withRetryAfter', ...RATE_LIMITED },
  { row: 8, on: [429], ...THROTTLED },
  { row: 15, on: [401], ...CREDENTIAL },
  { row: 16, on: [403], ...PERMISSION },
  { row: 17, on: [404], ...NOT_FOUND },
  { row: 26, on: [413], when: 'anotherHostLeft', ...TOO_LARGE, action: 'next' },
  { row: 26, on: [413], ...TOO_LARGE },
  // A gateway that this one asks asks this one.
  { row: 19, on: [508], ...HOST_CONFIG },
  { row: 27, on: [409], ...CONFLICT },
  { row: 7, on: [408, 504], ...TIMED_OUT },
  { row: 6, on: [502, 503], ...SERVER_ERROR },
  { row: 5, on: [500], ...SERVER_ERROR },
];

/** Classes of statuses that no other row knows. */
export const CLASS_ROWS: readonly Row[] = [
  { row: 30, on: ['4xx'], ...ELSEWHERE },
  { row: 6, on: ['5xx'], action: 'next', reason: 'server-error', owner: 'host', counts: true },
];

/** A 200 that is no answer, a redirect, a status of no class: nothing the wire would answer. */
export const ANYTHING_ELSE: Row = { row: 31, on: [], action: 'next', reason: 'malformed', owner: 'host', counts: true };
