import { ENV, type CanarySettings, type OtherRegion, type RouterConfig } from '../../../lib/contract';
import { alarmsOn } from '../../aws/alarms-on';
import { hostBudget, resolveBudget } from '../../engine/chain/budget';
import type { Clock, Random } from '../../engine/time/clock';
import type { Transport } from '../../hosts/transport/transport';
import { createHealthStore } from '../../gateway/state/health-store';
import type { Env } from '../../runtime/require-env';
import { createCanaryStore } from './canary-store';
import { createEndpointAsk } from './checks/endpoint-ask';
import { createHostAsk } from './checks/host-ask';
import { withLastResort } from './checks/last-resort';
import { problemOfRegion } from './checks/other-region';
import { RegionWatch } from './region-watch';
import type { Report } from './report';
import { Rotation } from './rotation';
import { Canary } from './run-round';

export interface CanaryParts {
  readonly canary: Canary;
  /** Releases idle connections, so that a process can end. */
  close(): void;
}

/** The checks ask for next to nothing: what takes longer is slow, however patient the router's budget is. */
const SLOW_MS = 10_000;
const MINUTE_MS = 60_000;
/** A region that is down may leave a call without an answer. */
const ALARMS_MS = 5000;

/** A canary of everything the router's configuration names. Throws a `ConfigError` for keys the environment lacks. */
export function createCanary(
  config: RouterConfig,
  settings: CanarySettings,
  env: Env,
  report: Report,
  clock: Clock,
  random: Random,
  transport?: Transport,
): CanaryParts {
  const asked = withLastResort(config);
  const { ask, models, close } = createHostAsk(asked, env, clock, random, transport);
  const { endpoint, openaiDoor, intervalMinutes, dailyBudgetUsd, otherRegion } = settings;
  const { hosts } = asked;
  // Without a table there are checks, metrics and alarms all the same.
  const table = env[ENV.HEALTH_TABLE];
  const canary = new Canary({
    rotation: new Rotation({
      hosts,
      models,
      endpoint: endpoint !== undefined,
      openaiDoor,
      intervalMinutes,
      dailyBudgetUsd,
    }),
    models,
    clock,
    report,
    dailyBudgetUsd,
    intervalMinutes,
    slowMs: (host) => slowMs(config, host),
    hosts: ask,
    endpoint: endpoint && createEndpointAsk(endpoint, env),
    region: otherRegion && {
      watch: createRegionWatch(otherRegion, report, env),
      heldMs: (2 * intervalMinutes + 1) * MINUTE_MS,
    },
    tables: table ? { canary: createCanaryStore(table, env), health: createHealthStore(table, env) } : undefined,
  });
  return { canary, close };
}

function createRegionWatch(other: OtherRegion, report: Report, env: Env): RegionWatch {
  return new RegionWatch({
    other,
    report,
    problem: () => problemOfRegion(other.url),
    alarmsOn: () => alarmsOn({ AlarmNamePrefix: other.alarms }, other.region, env, AbortSignal.timeout(ALARMS_MS)),
  });
}

/** When a router gives a host up that has not begun to answer: by the last route, which takes whatever no other does. */
function slowMs({ routes, hosts }: RouterConfig, name: string): number {
  const route = routes.at(-1);
  const budget = route && resolveBudget(route, undefined);
  if (budget === undefined || 'error' in budget) return SLOW_MS;
  const { timeouts } = hosts.find((host) => host.name === name) ?? {};
  return Math.min(SLOW_MS, hostBudget(budget, timeouts).firstContentMs);
}
