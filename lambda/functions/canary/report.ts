import { Logger } from '@aws-lambda-powertools/logger';
import { CANARY_METRICS, DIMENSIONS, ENV, FINDINGS, regionAsHost, SERVICE_NAME } from '../../../lib/contract';
import { errorText } from '../../runtime/error-text';
import { publishMetric } from '../../gateway/telemetry/publish-metric';
import type { CheckResult } from './checks/check';
import type { LastOutcome } from './rare-checks';

/** What the canary tells people. */
export interface Report {
  /** `counts`: whether it says something of the host as a fallback. */
  check(result: CheckResult, counts: boolean): void;
  /** Of a check that this round has not made. */
  still(last: LastOutcome): void;
  round(): void;
  drained(hours: number): void;
  /** Only free checks are left for the day. */
  budgetSpent(spentUsd: number, budgetUsd: number): void;
  headroom(host: string, percent: number): void;
  /** How the gateway of another region answers, and whether that has paged by itself. */
  region(region: string, problem: string | undefined, hasPaged: boolean): void;
  /** The other region has paged. */
  regionTold(): void;
  /** Something of the canary's own does not work; the checks go on. */
  trouble(what: string, error: unknown): void;
}

/** One log line a check; metrics as EMF on the same stdout. */
export function createReport(env: Readonly<Record<string, string | undefined>>): Report {
  const log = new Logger({ serviceName: env[ENV.SERVICE] ?? SERVICE_NAME, logLevel: 'INFO' });
  const published = ({ host, model, shape, outcome }: LastOutcome): void =>
    publishMetric(env, CANARY_METRICS.hostFailures, outcome === 'ok' ? 0 : 1, {
      dimensions: { [DIMENSIONS.host]: host },
      properties: { model, shape, finding: outcome },
    });
  return {
    check({ at: _, usage, ...result }, counts) {
      const { outcome } = result;
      if (outcome === 'ok') log.info('canary', { ...result, usage });
      else log.warn('canary', { ...result, outcome: 'failed', finding: outcome, remedy: FINDINGS[outcome].remedy });
      // No datapoint rather than a good one: an alarm must not be calmed by a check that says nothing.
      if (!counts) return;
      published(result);
    },
    still: published,
    // A canary that has stopped looks well in every other metric.
    round: () => publishMetric(env, CANARY_METRICS.runs, 1),
    drained: (hours) => publishMetric(env, CANARY_METRICS.drainedHours, hours),
    budgetSpent: (spentUsd, budgetUsd) => log.warn('canary budget spent', { spentUsd, budgetUsd }),
    headroom: (host, percent) =>
      publishMetric(env, CANARY_METRICS.hostQuotaHeadroom, percent, {
        dimensions: { [DIMENSIONS.host]: host },
      }),
    region: (region, problem, hasPaged) => {
      if (problem !== undefined) log.warn('canary region', { region, outcome: 'failed', problem, hasPaged });
      const isNews = problem !== undefined && !hasPaged;
      publishMetric(env, CANARY_METRICS.hostFailures, isNews ? 1 : 0, {
        dimensions: { [DIMENSIONS.host]: regionAsHost(region) },
      });
    },
    regionTold: () => publishMetric(env, CANARY_METRICS.otherRegionTold, 1),
    trouble: (what, error) => log.warn('canary trouble', { what, problem: errorText(error) }),
  };
}
