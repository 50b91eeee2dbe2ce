import type { Ruling } from './verdict';

const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/* Rulings that several rows share, whichever words or status lead to them. */

export const OVERLOADED: Ruling = { action: 'next', reason: 'overloaded', counts: true, cooldownMs: 10 * SECOND };
export const NOT_READY: Ruling = { ...OVERLOADED, cooldownMs: 5 * SECOND };
export const SERVER_ERROR: Ruling = { action: 'retry', reason: 'server-error', counts: true, coolForRetryAfter: true };
/** No retry: it may be the request that takes so long. */
export const TIMED_OUT: Ruling = { action: 'next', reason: 'timeout', counts: true };
export const MODEL_ERROR: Ruling = { action: 'next', reason: 'model-error', counts: true };
/** The host says when it takes requests again, so it is sound: the cooldown covers it, the breaker stays out of it. */
export const RATE_LIMITED: Ruling = {
  action: 'next',
  reason: 'rate-limited',
  cooldownMs: 5 * SECOND,
  coolForRetryAfter: true,
};
export const QUOTA: Ruling = { action: 'next', reason: 'quota', cooldownMs: 15 * MINUTE };
export const SPENT: Ruling = { ...QUOTA, coolForMonth: true };
export const BILLING: Ruling = { action: 'next', reason: 'billing', cooldownMs: 15 * MINUTE };
export const CREDENTIAL: Ruling = {
  action: 'retry',
  reason: 'credential',
  cooldownMs: MINUTE,
  refreshCredential: true,
};
export const PERMISSION: Ruling = { action: 'next', reason: 'permission', cooldownMs: 5 * MINUTE };
export const NOT_FOUND: Ruling = { action: 'next', reason: 'not-found', cooldownMs: 10 * MINUTE };
export const HOST_CONFIG: Ruling = { action: 'next', reason: 'host-config', cooldownMs: 10 * MINUTE };
export const CONFLICT: Ruling = { action: 'retry', whenRetriesUsed: 'return', reason: 'conflict' };
export const ADAPT: Ruling = { action: 'adapt', reason: 'incompatible' };
export const ELSEWHERE: Ruling = { action: 'next', reason: 'incompatible' };
export const REQUEST_FAULT: Ruling = { action: 'return', reason: 'bad-request' };
export const STATE_BOUND: Ruling = { action: 'return', reason: 'state-bound' };
