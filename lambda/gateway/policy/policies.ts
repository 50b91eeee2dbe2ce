import type { ClientPolicy, RouterConfig } from '../../../lib/contract';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Env } from '../../runtime/require-env';
import { TeamRules } from './team-rules';

/** In messages, for whoever is no client with a policy. */
const EVERYBODY = 'everybody';

/** What each team may use. */
export interface Policies {
  /** Undefined for whom no policy is given, where no guardrail is everybody's. */
  of(client: string | undefined): TeamRules | undefined;
}

export function createPolicies(config: RouterConfig, catalog: ModelCatalog, env: Env): Policies {
  const world = { env, hasMetrics: config.telemetry?.metrics !== false };
  const { guardrail, clients = [] } = config;
  const of = (name: string, policy: ClientPolicy): TeamRules => new TeamRules(name, policy, config, catalog, world);
  const rules = new Map(
    clients.flatMap(({ name, policy }) =>
      policy === undefined ? [] : [[name, of(name, guardrail ? { guardrail, ...policy } : policy)] as const],
    ),
  );
  const everybody = guardrail && of(EVERYBODY, { guardrail });
  return { of: (client) => (client === undefined ? undefined : rules.get(client)) ?? everybody };
}
