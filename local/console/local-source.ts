import type { RouterConfig } from '../../lib/contract';
import type { HealthStore } from '../../lambda/gateway/state/health-store';
import type { Source } from '../../console/source';
import { journeyOf } from '../../console/view/journey';
import { isWanted } from '../../console/view/search';
import { bucketsOf, cacheHitsOf } from '../../console/view/series';
import { trafficByHost, trafficOf } from '../../console/view/traffic';
import { readHealthReport } from './health-report';
import type { LineStore } from './line-store';
import { createLocalActs } from './local-acts';
import { localSetUp } from './local-set-up';

/** Short, so that the page shows what has just been done to a host, and who answers for it. */
const WINDOW_MS = 20_000;
const SHARE_MS = 5000;

export interface LocalGateway {
  readonly name: string;
  readonly url: string;
  /** For its report on hosts; never shown. */
  readonly key: string;
  readonly config: RouterConfig;
  readonly store: HealthStore;
  readonly lines: LineStore;
}

/** The gateway of this process: its log is taken from what it prints, all else is asked of it as from outside. */
export function createLocalSource(gateway: LocalGateway): Source {
  const { name, url, key, config, store, lines } = gateway;
  const hosts = config.hosts.map((host) => host.name);
  const acts = createLocalActs(store, hosts);
  return {
    gateway: name,
    async now() {
      const at = Date.now();
      const { hosts, taken } = await readHealthReport(url, key);
      const recent = lines.between(at - WINDOW_MS, at + 1);
      const shares = trafficByHost(recent.filter(({ endedAt }) => endedAt >= at - SHARE_MS));
      const traffic = trafficByHost(recent);
      return {
        name,
        region: 'this machine',
        url,
        at,
        links: hosts.map(({ name: host, kind, models, override }) => ({
          host,
          kind,
          models,
          ...(override && { override }),
          checks: [],
          share: shares.get(host)?.share ?? 0,
          failures: traffic.get(host)?.failures ?? {},
        })),
        traffic: trafficOf(recent, WINDOW_MS / 60_000),
        alarms: [],
        ...(taken && { outUntil: taken.until }),
      };
    },
    async search(search) {
      const found = lines.between(search.from, search.to).filter((line) => isWanted(line, search));
      return { lines: found.slice(-search.limit).reverse(), hasMore: found.length > search.limit, costUsd: 0 };
    },
    async journey(requestId, { from, to }) {
      const request = lines.between(from, to).find((line) => line.requestId === requestId);
      return request && journeyOf(request, lines.attemptsOf(requestId));
    },
    async series({ from, to }, everyMs) {
      const found = lines.between(from, to);
      const buckets = bucketsOf(found, from, to, everyMs);
      const extras = { 'prompt from the cache, %': cacheHitsOf(found, from, to, everyMs) };
      return { from, to, buckets, alarms: [], extras, costUsd: 0 };
    },
    setUp: async () => localSetUp(gateway, await readHealthReport(url, key)),
    preview: async (act) => acts.preview(act),
    perform: (act) => acts.perform(act),
    cost: () => ({ hourUsd: 0, spentUsd: 0 }),
  };
}
