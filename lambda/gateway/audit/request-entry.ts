import type { HostConfig } from '../../../lib/contract';
import type { Usage } from '../../engine/answer';
import type { AttemptRecord, Plan } from '../../engine/chain/plan';
import type { RequestHead } from '../../engine/gateway';
import { NOBODY, userDigest, userOf } from '../plan/user';
import type { RequestRecord } from '../telemetry/telemetry';
import type { AttemptEntry, RequestEntry } from './entries';
import { servedIn } from './served-in';

type Own = Omit<RequestEntry, 'at' | 'router' | 'version' | 'region'>;

/** Of a request that went to hosts, or was to. */
export function requestEntry(
  record: RequestRecord,
  attempts: readonly AttemptRecord[],
  asked: Pick<Plan, 'body' | 'headers'> | undefined,
  host: HostConfig | undefined,
): Own {
  const { usage, dropped = [] } = record;
  return {
    kind: 'request',
    request_id: record.requestId,
    client: record.client,
    user: asked && userIn(record.client, asked),
    endpoint: record.endpoint,
    model: record.model,
    stream: record.stream,
    outcome: record.outcome,
    status: record.outcome === 'answered' ? 200 : undefined,
    host: record.host,
    served_in: record.host === undefined ? undefined : servedIn(host, usage),
    host_request_id: record.hostRequestId,
    host_key: record.key,
    failover: record.isFailover,
    answered_by: record.answeredBy,
    attempts: attempts.length > 0 ? attempts.map(attemptEntry) : undefined,
    trace: record.trace,
    dropped: dropped.length > 0 ? dropped : undefined,
    first_content_ms: record.firstContentMs,
    duration_ms: record.durationMs,
    input_tokens: tokens(usage, 'input_tokens'),
    cache_read_tokens: tokens(usage, 'cache_read_input_tokens'),
    cache_write_tokens: tokens(usage, 'cache_creation_input_tokens'),
    output_tokens: tokens(usage, 'output_tokens'),
    cost_usd: record.costUsd,
    stop_reason: record.stopReason,
  };
}

/** The host's word, which may be anything. */
function tokens(usage: Usage | undefined, counter: string): number | undefined {
  const count = usage?.[counter];
  return Number.isSafeInteger(count) ? (count as number) : undefined;
}

const attemptEntry = (attempt: AttemptRecord): AttemptEntry => ({
  host: attempt.host,
  model: attempt.model,
  verdict: attempt.outcome,
  status: attempt.status,
  host_request_id: attempt.hostRequestId,
  duration_ms: attempt.elapsedMs,
});

/** Of one that the gateway itself has turned away. */
export const refusalEntry = ({ id, method, path, client }: RequestHead, status: number): Own => ({
  kind: 'request',
  request_id: id,
  client,
  // The client's own text.
  endpoint: `${method} ${path}`.slice(0, 100),
  outcome: 'refused',
  status,
});

/** Whom a client asks for: names of users stay with it. */
function userIn(client = '', { headers, body }: Pick<Plan, 'body' | 'headers'>): string | undefined {
  const user = userOf(headers, body);
  return user === NOBODY ? undefined : userDigest(client, user);
}
