import type { HostFailure } from '../dialect';
import type { Host } from '../host';
import type { Failure, ErrorFacts } from './failure';
import { ANYTHING_ELSE } from './generic-rows';
import { retryAfterMs } from './retry-after';
import type { Circumstances, Row, Schema, Verdict } from './verdict';

/** What the failure itself does not tell. */
export interface Situation extends Pick<Circumstances, 'anotherHostLeft'> {
  /** Of the host that failed. */
  readonly schema: Schema;
  readonly now: number;
}

/** A connection that fails sooner was most likely a stale keep-alive socket. */
const EARLY_MS = 1000;
const RETRY_AFTER_CAP_MS = 60_000;

/** What a row's `on` is compared with. */
function signals(failure: Failure): readonly (number | string)[] {
  switch (failure.kind) {
    case 'http':
    case 'stream': {
      const { status, facts } = failure;
      return [status, `${Math.floor(status / 100)}xx`, facts.type.replace(/Exception$/, ''), facts.code ?? ''];
    }
    case 'connection':
      return [failure.elapsedMs < EARLY_MS ? 'connection:early' : 'connection:late'];
    case 'timeout':
      return [failure.isHasty ? 'timeout:hasty' : `timeout:${failure.timer}`];
    case 'malformed':
    case 'credential':
    case 'fault':
      return [failure.kind];
  }
}

function isSignal(pattern: number | string, signal: number | string): boolean {
  return typeof pattern === 'string' && pattern.endsWith('*')
    ? typeof signal === 'string' && signal.startsWith(pattern.slice(0, -1))
    : pattern === signal;
}

function untilNextMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - now;
}

/** A host that keeps a row's failures off for longer than this is asked again all the same. */
function heeded(row: Row, ms: number | undefined, retryAfter: number | undefined): number | undefined {
  return row.heedsRetryAfter && retryAfter !== undefined ? Math.min(retryAfter, RETRY_AFTER_CAP_MS) : ms;
}

function cooldown(row: Row, retryAfter: number | undefined, now: number): number | undefined {
  if (row.coolForMonth && row.cooldownMs !== undefined) return Math.min(untilNextMonth(now), row.cooldownMs);
  return row.cooldownMs === undefined ? undefined : heeded(row, row.cooldownMs, retryAfter);
}

const NO_FACTS: ErrorFacts = { source: 'unknown', type: '', code: undefined, message: '' };
const NO_HEADERS = {};

/** What to do about a failure, by the first row of the host's table that fits it. */
export function classify(failure: Failure, situation: Situation, table: readonly Row[]): Verdict {
  const answered = failure.kind === 'http' || failure.kind === 'stream';
  const facts = answered ? failure.facts : NO_FACTS;
  const headers = answered ? failure.headers : NO_HEADERS;
  const retryAfter = retryAfterMs(headers, situation.now);
  const circumstances: Circumstances = {
    anotherHostLeft: situation.anotherHostLeft,
    // The headers inside a stream failure are those of its 200: they could not have carried one.
    withoutRetryAfter: failure.kind === 'http' && !('retry-after' in headers || 'retry-after-ms' in headers),
    withRetryAfter: retryAfter !== undefined,
  };
  const found = signals(failure);
  const fits = (row: Row): boolean =>
    row.on.some((pattern) => found.some((signal) => isSignal(pattern, signal))) &&
    (row.source === undefined || row.source === facts.source) &&
    (row.schema === undefined || row.schema === situation.schema) &&
    (row.when === undefined || circumstances[row.when]) &&
    (row.text === undefined || row.text.test(facts.message));

  const hasBegun = failure.kind === 'stream' && failure.hasBegun === true;
  // Once it has begun to answer, a host cannot find fault with the request.
  const row = table.find((each) => fits(each) && !(hasBegun && each.owner === 'request')) ?? ANYTHING_ELSE;
  return {
    row: row.row,
    action: row.action,
    whenRetriesUsed: row.whenRetriesUsed ?? 'next',
    reason: row.reason,
    owner: row.owner,
    countsAgainstHealth: row.counts ?? false,
    cooldownMs: cooldown(row, retryAfter, situation.now),
    restMs: row.counts ? heeded(row, row.restMs, retryAfter) : undefined,
    retryAfterMs: retryAfter,
    refreshCredential: row.refreshCredential ?? false,
  };
}

/** A failure with its reason, which unlike the action does not depend on who is left. */
export function faultOf({ name, schema, errors }: Host, failure: Failure, now: number): HostFailure {
  const situation = { schema, anotherHostLeft: false, now };
  const { reason, owner } = classify(failure, situation, errors.table);
  return { host: name, failure, reason, owner };
}
