import { ENV, METRICS } from '../../../lib/contract';
import type { Clock } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';
import type { Telemetry } from '../telemetry/telemetry';
import { createAnswerStore } from './answer-store';
import { NO_STORE, PatientStore } from './patient-store';
import { ResponseCache } from './response-cache';

const TELL_AGAIN_MS = 60_000;

export function createCache(env: Env, clock: Clock, { log, count }: Pick<Telemetry, 'log' | 'count'>): ResponseCache {
  const table = env[ENV.CACHE_TABLE];
  const store = table ? createAnswerStore(table, env[ENV.CACHE_BUCKET], env) : NO_STORE;
  let toldAt = -Infinity;
  const failed = (problem: string): void => {
    count(METRICS.responseCacheFailures, { problem });
    if (clock.now() - toldAt < TELL_AGAIN_MS) return;
    toldAt = clock.now();
    log('WARN', 'response cache', { problem });
  };
  return new ResponseCache(new PatientStore(store, clock, failed));
}
