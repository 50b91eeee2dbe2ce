import type { RouterConfig } from '../../../../lib/contract';

/** Some host has to take batches, or the router has to be let. */
export function batchesProblems({ hosts, batches }: RouterConfig): string[] {
  if (batches === undefined) return [];
  if ((batches.fullPriceUsdPerDay ?? 0) > 0 || hosts.some(({ kind }) => kind === 'anthropic')) return [];
  return ['batches: no host takes any; add a host of kind anthropic, or a "fullPriceUsdPerDay"'];
}
