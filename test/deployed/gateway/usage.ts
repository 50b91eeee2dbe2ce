import type { ApiKey, DeployedApi, Limits } from './deployed-api';
import { ApiGatewayError } from './api-gateway-error';

/** Counts what goes through, and refuses what is over a limit: of the stage, of the key's plan, of its quota. */
export type UsageMeter = (key: ApiKey | undefined) => void;

export function createUsage(api: DeployedApi, now: () => number): UsageMeter {
  const stage = createBucket(api.limits, now);
  const plans = new Map(api.keys.map(({ id, plan = {} }) => [id, { bucket: createBucket(plan, now), used: 0 }]));
  return (key) => {
    if (!stage()) throw new ApiGatewayError('THROTTLED');
    const use = key && plans.get(key.id);
    if (key === undefined || use === undefined) return;
    if (!use.bucket()) throw new ApiGatewayError('THROTTLED');
    // As long as a test lasts, no period ends.
    if (use.used >= (key.plan?.quota?.limit ?? Infinity)) throw new ApiGatewayError('QUOTA_EXCEEDED');
    use.used += 1;
  };
}

/** A token bucket: as many as `burst` at once, `rate` more each second. */
function createBucket({ rate, burst = 0 }: Limits, now: () => number): () => boolean {
  if (rate === undefined) return () => true;
  let tokens = burst;
  let last = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - last) / 1000) * rate);
    last = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
