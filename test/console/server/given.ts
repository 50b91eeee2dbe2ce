import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startConsole, type ConsoleOptions, type OpenConsole } from '../../../console/server/start-console';
import type { Act, Source } from '../../../console/source';
import { AT, attemptLine, gatewayNow, requestLine } from '../view/given';
import { journeyOf } from '../../../console/view/journey';

const PAGE = pathToFileURL(join(__dirname, '../../../console/dist/'));

export interface FakeSource extends Source {
  readonly acts: readonly Act[];
}

/** A gateway that answers what it is asked, and notes what is done to it. */
export function fakeSource(own: Partial<Source> = {}): FakeSource {
  const acts: Act[] = [];
  const lines = [requestLine()];
  return {
    gateway: 'Claude',
    acts,
    now: async () => gatewayNow(),
    search: async () => ({ lines, hasMore: false, costUsd: 0.01 }),
    journey: async (requestId) =>
      requestId === 'gw_1' ? journeyOf(lines[0]!, [attemptLine({ row: 4, outcome: 'overloaded' })]) : undefined,
    series: async (span) => ({ ...span, buckets: [], alarms: [], extras: {}, costUsd: 0 }),
    setUp: async () => ({ config: {}, problems: [], findings: [], url: '', models: [], clients: [] }),
    preview: async ({ act }) => ({
      does: 'something',
      until: AT,
      needs: 'dynamodb:PutItem',
      isAudited: true,
      ...(act === 'rotate-key' && { refusal: 'not here' }),
    }),
    perform: async (act) => {
      acts.push(act);
      return 'done';
    },
    cost: () => ({ hourUsd: 0.02, spentUsd: 0.001 }),
    ...own,
  };
}

export const openFake = (sources: readonly Source[], own: Partial<ConsoleOptions> = {}): Promise<OpenConsole> =>
  startConsole({ sources, canOperate: false, port: 0, page: PAGE, everyMs: 1000, ...own });
