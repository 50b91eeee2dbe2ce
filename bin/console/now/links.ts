import type { CanaryResult, HealthEntry, HostConfig, OverrideEntry, RouterEntry } from '../../../lib/contract';
import type { LinkNow, ModelNow } from '../../../console/view/now';
import type { HealthReport } from './report';
import type { HostTraffic } from './traffic';

/** What is known of the hosts, from wherever. */
export interface Known {
  readonly at: number;
  readonly table: readonly RouterEntry[];
  readonly report: HealthReport | undefined;
  readonly traffic: ReadonlyMap<string, HostTraffic>;
  /** Failures by host and reason. */
  readonly reasons: ReadonlyMap<string, LinkNow['failures']>;
  readonly canary: readonly CanaryResult[];
}

/** The chain, in the order of the configuration. */
export function linksNow(hosts: readonly HostConfig[], known: Known): LinkNow[] {
  return hosts.map(({ name, kind }) => {
    const override = overrideOf(name, known);
    const { share = 0, headroom } = known.traffic.get(name) ?? {};
    return {
      host: name,
      kind,
      models: modelsOf(name, known),
      ...(override && { override }),
      checks: known.canary.flatMap(({ host, model, shape, outcome, at }) =>
        host === name ? [{ model, shape, outcome, at }] : [],
      ),
      share,
      failures: known.reasons.get(name) ?? {},
      ...(headroom !== undefined && { headroom }),
    };
  });
}

/** What an operator has said of a host, or of `REGION_HOST`. */
export function overrideOf(host: string, { table, at }: Pick<Known, 'table' | 'at'>): LinkNow['override'] {
  const found = table.find(
    (entry): entry is OverrideEntry => entry.type === 'override' && entry.host === host && entry.until > at,
  );
  if (found === undefined) return undefined;
  const { action, percent, until } = found;
  return { action, until, ...(percent !== undefined && { percent }) };
}

/** One router says how it stands itself; what all have told each other of an outage goes before it. */
function modelsOf(host: string, { table, report, at }: Known): ModelNow[] {
  const own = report?.hosts.find(({ name }) => name === host)?.models ?? [];
  const down = table.filter(
    (entry): entry is HealthEntry =>
      entry.type === 'health' && entry.host === host && entry.state === 'down' && entry.until > at,
  );
  const models = new Map<string, ModelNow>(own.map((model) => [model.model, model]));
  for (const { scope, reason, until } of down) {
    if (isAway(models.get(scope))) continue;
    models.set(scope, { model: scope, state: 'open', reason, until });
  }
  return [...models.values()];
}

const isAway = (model: ModelNow | undefined): boolean => model?.state === 'open' || model?.state === 'cooling';
