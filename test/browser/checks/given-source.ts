import type { Source } from '../../../console/source';
import type { GatewayNow } from '../../../console/view/now';
import type { RequestLine } from '../../../console/view/lines';

/** A gateway that stands still. */
export function givenSource(now: GatewayNow, lines: readonly RequestLine[] = []): Source {
  return {
    gateway: now.name,
    now: async () => now,
    search: async ({ limit }) => ({ lines: lines.slice(0, limit), hasMore: lines.length > limit, costUsd: 0.0012 }),
    journey: async () => undefined,
    series: async (span) => ({ ...span, buckets: [], alarms: [], extras: {}, costUsd: 0 }),
    setUp: async () => ({ config: {}, problems: [], findings: [], url: now.url, models: ['m'], clients: [] }),
    preview: async () => ({ does: 'nothing', needs: 'nothing', isAudited: true }),
    perform: () => Promise.reject(new Error('nothing may be done to it')),
    cost: () => ({ hourUsd: 0.031, spentUsd: 0.002 }),
  };
}
