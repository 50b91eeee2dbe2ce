import type { RouterConfig } from '../../../lib/contract';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import { TeamRules } from './team-rules';

/** What each team may use. */
export interface Policies {
  /** Undefined for whom no policy is given. */
  of(client: string | undefined): TeamRules | undefined;
}

export function createPolicies(config: RouterConfig, catalog: ModelCatalog): Policies {
  const rules = new Map(
    (config.clients ?? []).flatMap(({ name, policy }) =>
      policy === undefined ? [] : [[name, new TeamRules(name, policy, config, catalog)] as const],
    ),
  );
  return { of: (client) => (client === undefined ? undefined : rules.get(client)) };
}
