import { BATCH_METRICS, ENV, METRICS, type RouterConfig, SERVICE_NAME } from '../../../lib/contract';
import type { Clock } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';
import { writtenAtOnce } from '../telemetry/lines';
import { createLogWriter } from '../telemetry/log-writer';
import { publishMetric } from '../telemetry/publish-metric';
import type { BatchReport } from './worker/worker-parts';

/** One line a batch, and one for each step that did not work. No prompt, no answer, no key. */
export function createReport({ telemetry = {} }: RouterConfig, env: Env, clock: Clock): BatchReport {
  const { logs = true, metrics = true } = telemetry;
  const write = createLogWriter(env[ENV.SERVICE] ?? SERVICE_NAME, clock, writtenAtOnce, () => undefined);
  const log = logs ? write : () => {};
  return {
    trouble: (batch, shard, what, problem) => log('WARN', 'batch trouble', { batch, shard, what, problem }),
    ended({ id, client, count, createdAt, ended }, { answered, costUsd }) {
      const durationMs = (ended?.at ?? createdAt) - createdAt;
      log('INFO', 'batch', {
        batch: id,
        client,
        requests: count,
        counts: ended?.counts,
        answered,
        costUsd,
        durationMs,
      });
      if (!metrics) return;
      if (costUsd > 0) publishMetric(env, METRICS.cost, costUsd);
      const told = Object.values(answered).reduce((sum, each) => sum + each, ended?.counts.canceled ?? 0);
      if (told < count) publishMetric(env, BATCH_METRICS.unanswered, count - told);
    },
    canary(problem) {
      if (problem !== undefined) log('ERROR', 'batch canary', { problem });
      if (metrics) publishMetric(env, BATCH_METRICS.canaryFailures, problem === undefined ? 0 : 1);
    },
  };
}
