import type { HostFailure } from '../dialect';
import { HOST_CONFIG } from '../failure/rulings';
import type { Verdict } from '../failure/verdict';
import type { ChainContext } from './chain-context';
import type { Link } from './plan';

const MISCONFIGURED: Verdict = {
  ...HOST_CONFIG,
  row: 37,
  whenRetriesUsed: 'next',
  countsAgainstHealth: false,
  cooldownMs: HOST_CONFIG.restMs,
  restMs: undefined,
  retryAfterMs: undefined,
  refreshCredential: false,
};

/**
 * Another host has served what these refused in words nobody knows, so that it was not the request. Requests with special
 * features do not count: a host may lack those and be sound for everybody else.
 */
export function noteRefusals(failures: ReadonlyMap<Link, HostFailure>, { plan, state }: ChainContext): void {
  if (failures.size === 0 || plan.features.length > 0) return;
  for (const [{ host, healthScope }, { failure, reason }] of failures) {
    if (reason !== 'incompatible' || failure.kind !== 'http') continue;
    if (!state.health.refused(host.name, healthScope, failure.facts.message, plan.conversation())) continue;
    state.health.failed(host.name, healthScope, MISCONFIGURED, failure, state.clock.now());
    state.observer.misconfigured(host.name, plan.model);
  }
}
