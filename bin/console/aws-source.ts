import { REGION_HOST } from '../../lib/contract';
import { createCanaryStore } from '../../lambda/functions/canary/canary-store';
import { createHealthStore } from '../../lambda/gateway/state/health-store';
import type { Source } from '../../console/source';
import type { GatewayNow } from '../../console/view/now';
import type { FoundStack } from '../cli/find-stack';
import { createAwsActs } from './acts/aws-acts';
import { alarmsIn } from './look/alarm-history';
import { createLines } from './look/lines';
import { routerLog } from './look/log';
import { readBuckets } from './look/series';
import { alarmsNow } from './now/alarms';
import { linksNow, overrideOf } from './now/links';
import { readMetrics } from './now/metrics';
import { createReasons } from './now/reasons';
import { createReport } from './now/report';
import { asksOfNow, hostTraffic, trafficNow } from './now/traffic';
import { readPlace } from './place';
import { pollingOf } from './polling';
import { Meter, USD } from './prices';
import { remembered } from './remembered';
import { readSetUp } from './set-up';

const MINUTE_MS = 60_000;
/** Until which time ago "now" reaches. */
const MINUTES = 5;
/** The doctor takes a while, and what he looks at changes rarely. */
const SET_UP_MS = 5 * MINUTE_MS;

/** A deployed stack, looked at with the operator's own credentials: nothing is deployed for it. `gateways`: how many share the budget. */
export async function awsSource(found: FoundStack, gateways = 1): Promise<Source> {
  const place = await readPlace(found);
  const { stack, name, config, env } = place;
  const gateway = `${name} in ${stack.region}`;
  const hosts = config.hosts.map((host) => host.name);
  const asks = asksOfNow(hosts);
  const polling = pollingOf(asks.length, gateways);
  const meter = new Meter();
  const log = routerLog(place, meter);
  const lines = createLines(log);
  const reasons = createReasons(log, polling.reasonsHourUsd, MINUTES * MINUTE_MS);
  const paid = <T>(usd: number, read: () => Promise<T>) => {
    meter.charge(usd);
    return read();
  };
  const health = createHealthStore(stack.healthTable.name, env);
  const canaryStore = createCanaryStore(stack.healthTable.name, env);
  const table = remembered(polling.tableMs, () => paid(USD.tableQuery, () => health.read()));
  const canary = remembered(polling.canaryMs, () => paid(USD.tableQuery, () => canaryStore.results()));
  const report = remembered(polling.reportMs, createReport(stack, meter));
  const alarms = remembered(polling.alarmsMs, () => alarmsNow(place, meter));
  const metrics = remembered(polling.metricsMs, () => {
    const to = Date.now();
    return readMetrics(asks, { from: to - MINUTES * MINUTE_MS, to, periodMs: MINUTE_MS }, place, meter);
  });
  const setUp = remembered(SET_UP_MS, () => readSetUp(found, place));

  const now = async (): Promise<GatewayNow> => {
    const [entries, checks, told, on, points] = await Promise.all([table(), canary(), report(), alarms(), metrics()]);
    const at = Date.now();
    const taken = overrideOf(REGION_HOST, { table: entries, at });
    const traffic = hostTraffic(points, hosts);
    const known = { at, table: entries, report: told, traffic, reasons: await reasons(traffic), canary: checks };
    return {
      name: gateway,
      region: stack.region,
      url: stack.url,
      at,
      links: linksNow(config.hosts, known),
      traffic: trafficNow(points, MINUTES),
      alarms: on,
      ...(taken && { outUntil: taken.until }),
      ...(checks.length > 0 && { canaryAt: Math.max(...checks.map((check) => check.at)) }),
    };
  };

  return {
    gateway,
    now,
    search: (search) => lines.search(search),
    journey: (requestId, span) => lines.journey(requestId, span),
    async series(span, everyMs) {
      const [told, fired] = await Promise.all([
        readBuckets(span, everyMs, { place, log, meter }),
        alarmsIn(span, place, meter),
      ]);
      return { ...span, ...told, alarms: fired };
    },
    setUp,
    ...createAwsActs({ stack, config, links: async () => (await now()).links }),
    cost: () => ({ hourUsd: polling.hourUsd, spentUsd: meter.spentUsd }),
  };
}
