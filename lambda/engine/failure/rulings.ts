import type { Ruling } from './verdict';

const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/*
 * Rulings that several rows share, whichever words or status lead to them. What one answer proves for everybody cools at
 * once; everything else counts, and the breaker decides by how often.
 */

export const OVERLOADED: Ruling = {
  action: 'next',
  reason: 'overloaded',
  owner: 'host',
  counts: true,
  heedsRetryAfter: true,
};
export const SERVER_ERROR: Ruling = { ...OVERLOADED, action: 'retry', reason: 'server-error' };
/** No retry: it may be the request that takes so long. */
export const TIMED_OUT: Ruling = { action: 'next', reason: 'timeout', owner: 'host', counts: true };
export const MODEL_ERROR: Ruling = { action: 'next', reason: 'model-error', owner: 'host', counts: true };
/** Without a time of return, one is no more than bad luck among many requests. */
export const THROTTLED: Ruling = {
  action: 'next',
  reason: 'rate-limited',
  owner: 'host',
  counts: true,
  restMs: 5 * SECOND,
};
/** The host says when it takes requests again: that is so for everybody. */
export const RATE_LIMITED: Ruling = {
  action: 'next',
  reason: 'rate-limited',
  owner: 'host',
  cooldownMs: 5 * SECOND,
  heedsRetryAfter: true,
};
export const QUOTA: Ruling = { action: 'next', reason: 'quota', owner: 'operator', cooldownMs: 15 * MINUTE };
export const SPENT: Ruling = { ...QUOTA, coolForMonth: true };
/** Most likely a spent tier, but not said. */
export const PERHAPS_SPENT: Ruling = {
  action: 'next',
  reason: 'quota',
  owner: 'operator',
  counts: true,
  restMs: 15 * MINUTE,
};
export const BILLING: Ruling = { action: 'next', reason: 'billing', owner: 'operator', cooldownMs: 15 * MINUTE };
export const CREDENTIAL: Ruling = {
  action: 'retry',
  reason: 'credential',
  owner: 'operator',
  cooldownMs: MINUTE,
  refreshCredential: true,
};
/** A page of a proxy says 403 too. */
export const PERMISSION: Ruling = {
  action: 'next',
  reason: 'permission',
  owner: 'operator',
  counts: true,
  restMs: 5 * MINUTE,
};
export const NOT_FOUND: Ruling = {
  action: 'next',
  reason: 'not-found',
  owner: 'operator',
  counts: true,
  restMs: 10 * MINUTE,
};
export const HOST_CONFIG: Ruling = {
  action: 'next',
  reason: 'host-config',
  owner: 'operator',
  counts: true,
  restMs: 10 * MINUTE,
};
export const TOO_LARGE: Ruling = { action: 'return', reason: 'too-large', owner: 'request' };
export const CONFLICT: Ruling = { action: 'retry', whenRetriesUsed: 'return', reason: 'conflict', owner: 'request' };
export const ADAPT: Ruling = { action: 'adapt', reason: 'incompatible', owner: 'request' };
/** Perhaps the request, perhaps what this host makes of it: the others will tell. */
export const ELSEWHERE: Ruling = { action: 'next', reason: 'incompatible', owner: 'request' };
export const REQUEST_FAULT: Ruling = { action: 'return', reason: 'bad-request', owner: 'request' };
export const STATE_BOUND: Ruling = { action: 'return', reason: 'state-bound', owner: 'request' };
