import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import {
  DIMENSIONS,
  METRIC_FACTS,
  METRICS,
  METRICS_NAMESPACE,
  SERVICE_NAME,
  type MetricName,
  type RouterConfig,
} from '../../../lib/contract';
import type { AttemptRecord } from '../../engine/chain/plan';
import type { RequestRecord, Telemetry } from './telemetry';

/** One line a request and one an attempt; metrics as EMF on the same stdout. Either can be switched off. */
export function createTelemetry(
  { logs = true, metrics = true }: NonNullable<RouterConfig['telemetry']>,
  serviceName = SERVICE_NAME,
): Telemetry {
  const log = new Logger({ serviceName, logLevel: logs ? 'INFO' : 'CRITICAL' });
  const emf = metrics ? new Emf(serviceName) : undefined;
  return {
    observer: {
      attempt(record) {
        if (logs) log[record.outcome === 'ok' ? 'info' : 'warn']('attempt', { ...record });
        emf?.attempt(record);
        if (record.outcome === 'credential') emf?.count(METRICS.credentialFailures);
        if (record.outcome === 'billing' || record.outcome === 'quota') emf?.count(METRICS.billingFailures);
      },
      adapted(host, model) {
        if (logs) log.warn('adapted', { host, model });
      },
      misconfigured(host, model) {
        if (logs)
          log.error('misconfigured', {
            host,
            model,
            remedy: 'it refuses what other hosts serve; run claude-failover doctor',
          });
      },
      keySetAside(host, key, reason) {
        if (logs) log.warn('key set aside', { host, key, reason });
      },
    },
    request(record) {
      if (logs) log[record.outcome === 'answered' ? 'info' : 'warn']('request', { ...record });
      emf?.request(record);
    },
    alone(problem) {
      log.warn('health table', { problem });
    },
    fault(requestId, error) {
      // The message may quote the request; its name and place may not.
      const { name, stack } = error instanceof Error ? error : new Error('not an error');
      log.critical('fault', { requestId, fault: name, at: stack?.split('\n').slice(1, 6) });
    },
  };
}

/** Each flush is one EMF line with one dimension set, written before anything else runs: safe for concurrent requests. */
class Emf {
  readonly #metrics: Metrics;

  constructor(serviceName: string) {
    this.#metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName });
  }

  count(name: MetricName): void {
    this.#add(name, 1);
    this.#metrics.publishStoredMetrics();
  }

  attempt({ host, outcome }: AttemptRecord): void {
    const failed = outcome !== 'ok' && outcome !== 'client-gone';
    this.#ofHost(host, METRICS.hostFailures, failed ? 1 : 0);
  }

  request(record: RequestRecord): void {
    const { host, firstContentMs, costUsd, cacheHitRate, tokens } = record;
    this.#add(METRICS.requests, 1);
    this.#add(METRICS.failovers, record.isFailover ? 1 : 0);
    this.#add(METRICS.exhausted, record.outcome === 'exhausted' ? 1 : 0);
    this.#add(METRICS.streamDied, record.outcome === 'died' ? 1 : 0);
    this.#add(METRICS.duration, record.durationMs);
    if (costUsd !== undefined) this.#add(METRICS.cost, costUsd);
    if (tokens !== undefined) this.#add(METRICS.tokens, tokens);
    if (cacheHitRate !== undefined) this.#add(METRICS.cacheHitRate, cacheHitRate);
    if (firstContentMs !== undefined) {
      this.#add(METRICS.timeToFirstContent, firstContentMs);
    }
    this.#metrics.publishStoredMetrics();
    if (host !== undefined && firstContentMs !== undefined) {
      this.#ofHost(host, METRICS.hostTimeToFirstContent, firstContentMs);
    }
  }

  #ofHost(host: string, name: MetricName, value: number): void {
    this.#metrics.addDimension(DIMENSIONS.host, host);
    this.#add(name, value);
    this.#metrics.publishStoredMetrics();
  }

  #add(name: MetricName, value: number): void {
    this.#metrics.addMetric(name, METRIC_FACTS[name].unit, value);
  }
}
