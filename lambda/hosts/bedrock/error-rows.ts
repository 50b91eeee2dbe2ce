import {
  CONFLICT,
  CREDENTIAL,
  HOST_CONFIG,
  MODEL_ERROR,
  NOT_FOUND,
  NOT_READY,
  PERMISSION,
  RATE_LIMITED,
  SERVER_ERROR,
  TIMED_OUT,
} from '../../engine/failure/rulings';
import type { Row } from '../../engine/failure/verdict';

/** AWS's names of exceptions, without `Exception`. */
// prettier-ignore
export const AWS_ROWS: readonly Row[] = [
  { row: 29, on: ['ModelNotReady'], ...NOT_READY },
  { row: 28, on: ['ModelError', 'ModelStreamError'], ...MODEL_ERROR },
  { row: 8, on: ['Throttling'], ...RATE_LIMITED },
  { row: 15, on: ['InvalidClientTokenId', 'UnrecognizedClient', 'ExpiredToken', 'InvalidSignature',
    'SignatureDoesNotMatch', 'IncompleteSignature', 'RequestExpired'], ...CREDENTIAL },
  { row: 15, on: [403], text: /security token included in the request is (expired|invalid)/, ...CREDENTIAL },
  { row: 16, on: ['AccessDenied'], ...PERMISSION },
  { row: 17, on: ['ResourceNotFound'], ...NOT_FOUND },
  { row: 19, on: ['ServiceQuotaExceeded'], ...HOST_CONFIG, reason: 'quota' },
  { row: 19, on: ['NotAuthorized', 'InvalidAction'], ...HOST_CONFIG },
  { row: 27, on: ['Conflict'], ...CONFLICT },
  { row: 7, on: ['ModelTimeout'], ...TIMED_OUT },
  { row: 6, on: ['ServiceUnavailable'], ...SERVER_ERROR },
  { row: 5, on: ['InternalServer', 'InternalFailure'], ...SERVER_ERROR },
  { row: 19, on: [400], text: /on-demand throughput isn.t supported|provided model identifier is invalid/i, ...HOST_CONFIG },
];
