import { ENV } from '../../../../lib/contract';
import type { Clock } from '../../../engine/time/clock';
import { Overrides } from '../../../engine/health/overrides';
import type { Env } from '../../../runtime/require-env';
import { createHealthStore } from '../../state/health-store';

/** How long what the table has said is believed. */
const FRESH_MS = 10_000;

/** Asks the health table whether an operator has drained a host. Where there is none, or it cannot be read, nothing is drained. */
export function createDrained(env: Env, clock: Pick<Clock, 'now'>): (host: string) => Promise<boolean> {
  const name = env[ENV.HEALTH_TABLE];
  if (name === undefined) return () => Promise.resolve(false);
  const store = createHealthStore(name, env);
  let readAt = -Infinity;
  let last: Promise<Overrides> | undefined;
  const read = async (): Promise<Overrides> => {
    const overrides = new Overrides();
    overrides.replace(await store.read().catch(() => []));
    return overrides;
  };
  return async (host) => {
    const now = clock.now();
    if (last === undefined || now >= readAt + FRESH_MS) {
      readAt = now;
      last = read();
    }
    return (await last).drainedUntil(host, now) !== undefined;
  };
}
