import type { RouterConfig } from '../../../lib/contract';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Env } from '../../runtime/require-env';
import { TeamRules } from './team-rules';

/** What each team may use. */
export interface Policies {
  /** Undefined for whom no policy is given. */
  of(client: string | undefined): TeamRules | undefined;
}

export function createPolicies(config: RouterConfig, catalog: ModelCatalog, env: Env): Policies {
  const world = { env, hasMetrics: config.telemetry?.metrics !== false };
  const rules = new Map(
    (config.clients ?? []).flatMap(({ name, policy }) =>
      policy === undefined ? [] : [[name, new TeamRules(name, policy, config, catalog, world)] as const],
    ),
  );
  return { of: (client) => (client === undefined ? undefined : rules.get(client)) };
}
