import { ENV } from '../../../lib/contract';
import { CACHE_METRICS } from '../../../lib/contract/routes/cache';
import type { Clock } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';
import type { Telemetry } from '../telemetry/telemetry';
import { createAnswerStore } from './answer-store';
import { NO_STORE, PatientStore } from './patient-store';
import { ResponseCache } from './response-cache';

const TELL_AGAIN_MS = 60_000;

export function createCache(
  env: Env,
  clock: Clock,
  { alone, count }: Pick<Telemetry, 'alone' | 'count'>,
): ResponseCache {
  const table = env[ENV.CACHE_TABLE];
  const store = table ? createAnswerStore(table, env[ENV.CACHE_BUCKET], env) : NO_STORE;
  let toldAt = -Infinity;
  const failed = (problem: string): void => {
    count({ [CACHE_METRICS.failures]: 1 });
    if (clock.now() - toldAt < TELL_AGAIN_MS) return;
    toldAt = clock.now();
    alone(`response cache: ${problem}`);
  };
  return new ResponseCache(new PatientStore(store, clock, failed), count);
}
