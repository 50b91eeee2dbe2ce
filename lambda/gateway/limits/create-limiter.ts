import { ENV, type RouterConfig } from '../../../lib/contract';
import type { Clock } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';
import { Limiter } from './limiter';
import { SharedCounts } from './shared-counts';

/** `alone`: told when the table cannot be used. */
export function createLimiter(
  { clients = [] }: RouterConfig,
  env: Env,
  clock: Clock,
  alone: (problem: string) => void,
): Limiter {
  const table = env[ENV.HEALTH_TABLE];
  const open = async () => {
    const { createCounterStore } = await import('./counter-store');
    return createCounterStore(table!, env);
  };
  return new Limiter(clients, table ? new SharedCounts(open, alone) : undefined, clock.now());
}
