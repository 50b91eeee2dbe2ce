import type { TokenCounts } from '../../trace/trace';
import { Bucket } from './bucket';
import { MINUTE_TICKS } from './ticks';

/** What a host allows a minute. */
export type HostLimits =
  | { readonly kind: 'anthropic'; readonly requests: number; readonly input: number; readonly output: number }
  | { readonly kind: 'bedrock'; readonly tokens: number; readonly burndown: number; readonly maxTokens: number };

/** A host's quota under load. */
export interface SimulatedQuota {
  /** Takes what a request costs at its start, or nothing. */
  admits(tokens: TokenCounts, tick: number): boolean;
  /** Takes the rest when its answer is complete. */
  settle(tokens: TokenCounts): void;
}

export function createQuota(limits: HostLimits): SimulatedQuota {
  const perMinute = (limit: number): Bucket => new Bucket(limit, limit / MINUTE_TICKS);
  if (limits.kind === 'anthropic') {
    const requests = perMinute(limits.requests);
    const input = perMinute(limits.input);
    const output = perMinute(limits.output);
    return {
      admits({ context }, tick) {
        if (!requests.has(1, tick) || !input.has(context, tick) || !output.has(1, tick)) return false;
        requests.take(1);
        input.take(context);
        return true;
      },
      settle: ({ generated }) => output.take(generated),
    };
  }
  const { tokens, burndown, maxTokens } = limits;
  const bucket = perMinute(tokens);
  return {
    admits({ context }, tick) {
      if (!bucket.has(context + maxTokens, tick)) return false;
      bucket.take(context + maxTokens);
      return true;
    },
    settle: ({ generated }) => bucket.take(generated * burndown - maxTokens),
  };
}
