import type { Finding } from '../../../lib/contract';
import type { Failure, Reason } from '../../engine/failure/failure';

interface Row {
  readonly reasons: readonly Reason[];
  /** Only where the vendor's words fit: its code alone does not tell which of several things is wrong. */
  readonly text?: RegExp;
  readonly finding: Finding;
}

/** The first row that fits decides. The rows without a text take every reason there is. */
const ROWS: readonly Row[] = [
  { reasons: ['credential'], text: /the key in (secret|environment variable) /, finding: 'placeholder' },
  {
    reasons: ['credential', 'permission', 'host-config', 'not-found', 'bad-request', 'incompatible'],
    text: /\bscoped to a? ?(valid|correct) region|\b(servable|available|supported|enabled) in (the )?(region|location)|on-demand throughput/i,
    finding: 'wrong-region',
  },
  {
    reasons: ['credential', 'permission', 'host-config', 'bad-request'],
    text: /\bconstraints\/[\w.]+|\bOrg Policy violated\b/,
    finding: 'org-policy',
  },
  // Of the exchange that a token comes from.
  { reasons: ['credential'], text: /\bconnection to \S+: /, finding: 'network' },
  // The SDK of InvokeModel takes what it cannot read for a broken connection.
  { reasons: ['connection'], text: /Deserialization error|Truncated event/, finding: 'wrong-answer' },
  { reasons: ['permission', 'not-found'], text: /payment|billing/i, finding: 'billing' },
  { reasons: ['not-found', 'host-config'], text: /use case|not allowed to use/i, finding: 'not-enabled' },

  { reasons: ['credential'], finding: 'credential' },
  { reasons: ['permission'], finding: 'not-enabled' },
  { reasons: ['not-found', 'host-config'], finding: 'stale-model' },
  { reasons: ['billing'], finding: 'billing' },
  { reasons: ['quota'], finding: 'quota' },
  { reasons: ['rate-limited'], finding: 'throttled' },
  {
    reasons: ['incompatible', 'bad-request', 'caller', 'state-bound', 'too-large', 'conflict'],
    finding: 'rejected',
  },
  { reasons: ['connection'], finding: 'network' },
  { reasons: ['timeout'], finding: 'timeout' },
  { reasons: ['malformed'], finding: 'wrong-answer' },
  { reasons: ['overloaded', 'server-error', 'model-error'], finding: 'outage' },
];

/** What is wrong with a host, by the router's word for its failure, and by the failure where it is at hand. */
export function findingOf(reason: Reason, failure?: Failure): Finding {
  // What only the trace has said comes without the vendor's words, and is found by the reason alone.
  const text = failure === undefined ? '' : words(failure);
  const row = ROWS.find((each) => each.reasons.includes(reason) && (each.text?.test(text) ?? true));
  return row?.finding ?? 'outage';
}

function words(failure: Failure): string {
  if (failure.kind === 'timeout') return '';
  return 'facts' in failure ? failure.facts.message : failure.message;
}

/** Where there is only an error's type: inside a stream, or from whatever stands before the router. */
const BY_TYPE: Readonly<Record<string, Finding>> = {
  authentication_error: 'credential',
  permission_error: 'not-enabled',
  billing_error: 'billing',
  not_found_error: 'stale-model',
  rate_limit_error: 'throttled',
  invalid_request_error: 'rejected',
  request_too_large: 'rejected',
  timeout_error: 'timeout',
};

export const findingOfType = (type: string): Finding => BY_TYPE[type] ?? 'outage';
