import { DIMENSIONS, ENV, METRICS, SERVICE_NAME, type TelemetryConfig } from '../../../lib/contract';
import type { AttemptRecord } from '../../engine/chain/plan';
import type { Clock, Random } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';
import { emfLine, type Distribution, type MetricValues } from './emf-line';
import { writtenAtOnce, writtenByTurn } from './lines';
import { createLogWriter } from './log-writer';
import type { MetricSink } from './metric-sink';
import { MetricSums } from './metric-sums';
import type { RequestRecord, Telemetry } from './telemetry';

/**
 * One line a request, and one for each attempt that its line does not tell all of; metrics as EMF on the same stdout. Either
 * can be switched off. `servesMany`: one process has many requests at a time, whose metrics are written once a minute.
 */
export function createTelemetry(
  { logs = true, metrics = true, successes = 1 }: TelemetryConfig,
  env: Env,
  clock: Clock,
  servesMany: boolean,
  random: Random = Math.random,
): Telemetry {
  const service = env[ENV.SERVICE] ?? SERVICE_NAME;
  const lines = servesMany ? writtenByTurn() : writtenAtOnce;
  const write = createLogWriter(service, clock, lines, servesMany ? () => undefined : () => traceId(env));
  const log = logs ? write : () => {};
  const sink = metrics ? createSink(service, clock, servesMany) : undefined;
  return {
    log,
    observer: {
      attempt(record) {
        if (!isPlain(record)) log(record.outcome === 'ok' ? 'INFO' : 'WARN', 'attempt', record);
        if (sink) addAttempt(sink, record);
      },
      adapted: (host, model) => log('WARN', 'adapted', { host, model }),
      misconfigured: (host, model) =>
        log('ERROR', 'misconfigured', {
          host,
          model,
          remedy: 'it refuses what other hosts serve; run claude-failover doctor',
        }),
      keySetAside: (host, key, reason) => log('WARN', 'key set aside', { host, key, reason }),
    },
    request(record) {
      if (successes === 1 || !isSmooth(record)) {
        log(record.outcome === 'answered' ? 'INFO' : 'WARN', 'request', record);
      } else if (random() < successes) log('INFO', 'request', { ...record, sampled: successes });
      if (sink) addRequest(sink, record);
    },
    refused({ id, method, path }, status, denial) {
      // Behind API Gateway they stand in its access log, but for whose policy it was.
      if (servesMany || denial) {
        log('INFO', 'refused', { requestId: id, method, path: path.slice(0, MOST_OF_A_PATH), status, ...denial });
      }
      if (status === 429) sink?.add(undefined, { [METRICS.limited]: 1 });
      if (denial) sink?.add(undefined, { [METRICS.denied]: 1 });
    },
    alone: (problem) => log('WARN', 'health table', { problem }),
    note: (message, fields) => log('INFO', message, fields),
    count(metric, said, amount = 1) {
      if (!metrics) return;
      const line = emfLine(clock.now(), { [DIMENSIONS.service]: service }, { [metric]: amount }, said);
      writtenAtOnce.write(line, false);
    },
    fault(requestId, error) {
      // The message may quote the request; its name and place may not.
      const { name, stack } = error instanceof Error ? error : new Error('not an error');
      write('CRITICAL', 'fault', { requestId, fault: name, at: stack?.split('\n').slice(1, 6) });
    },
    close() {
      sink?.close();
      lines.flush();
    },
  };
}

/** It is the client's own text. */
const MOST_OF_A_PATH = 100;

/** Where Lambda's runtime leaves it. */
const traceId = (env: Env): string | undefined => /Root=([^;]+)/.exec(env['_X_AMZN_TRACE_ID'] ?? '')?.[1];

/** The line of its request says all of it. */
const isPlain = ({ attempt, outcome }: AttemptRecord): boolean => attempt === 1 && outcome === 'ok';

/** There is nothing in it that anybody would look for. */
const isSmooth = ({ outcome, attempts, isFailover, answeredBy, dropped = [], cache }: RequestRecord): boolean =>
  outcome === 'answered' &&
  (attempts <= 1 || cache === 'hit') &&
  isFailover !== true &&
  answeredBy === undefined &&
  dropped.length === 0;

/** Each line has one dimension set. */
function createSink(service: string, clock: Clock, servesMany: boolean): MetricSink {
  const write = (timestamp: number, host: string | undefined, values: MetricValues<number | Distribution>): void => {
    const dimensions = { [DIMENSIONS.service]: service, ...(host !== undefined && { [DIMENSIONS.host]: host }) };
    writtenAtOnce.write(emfLine(timestamp, dimensions, values), false);
  };
  if (servesMany) return new MetricSums(clock, write);
  return { add: (host, values) => write(clock.now(), host, values), close: () => {} };
}

function addAttempt(sink: MetricSink, { host, outcome }: AttemptRecord): void {
  const isFailure = outcome !== 'ok' && outcome !== 'client-gone';
  sink.add(host, { [METRICS.hostFailures]: isFailure ? 1 : 0 });
  if (outcome === 'credential') sink.add(undefined, { [METRICS.credentialFailures]: 1 });
  if (outcome === 'billing' || outcome === 'quota') sink.add(undefined, { [METRICS.billingFailures]: 1 });
}

function addRequest(sink: MetricSink, record: RequestRecord): void {
  const { host, firstContentMs, outcome, cache } = record;
  sink.add(undefined, {
    [METRICS.requests]: 1,
    [METRICS.failovers]: record.isFailover === true ? 1 : 0,
    [METRICS.lastResortAnswers]: record.answeredBy === undefined ? undefined : 1,
    [METRICS.exhausted]: outcome === 'exhausted' ? 1 : 0,
    [METRICS.streamDied]: outcome === 'died' ? 1 : 0,
    [METRICS.duration]: record.durationMs,
    [METRICS.cost]: record.costUsd,
    [METRICS.tokens]: record.tokens,
    [METRICS.cacheHitRate]: record.cacheHitRate,
    [METRICS.responseCacheHits]: cache === 'hit' ? 1 : cache === 'miss' || cache === 'stale' ? 0 : undefined,
    [METRICS.staleAnswers]: cache === 'stale' ? 1 : undefined,
    [METRICS.timeToFirstContent]: firstContentMs,
  });
  if (host !== undefined && firstContentMs !== undefined) {
    sink.add(host, { [METRICS.hostTimeToFirstContent]: firstContentMs });
  }
}
