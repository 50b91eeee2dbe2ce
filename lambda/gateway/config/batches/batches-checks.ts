import type { RouterConfig } from '../../../../lib/contract';

/** Some host has to take batches, or the router has to be let. */
export function batchesProblems({ hosts, batches }: RouterConfig): string[] {
  if (batches === undefined) return [];
  const isTaken = hosts.some(
    (host) =>
      host.kind === 'anthropic' ||
      (host.kind === 'vertex' && host.batchBucket !== undefined) ||
      (host.kind === 'bedrock' && batches.bedrock !== undefined),
  );
  if (isTaken || (batches.fullPriceUsdPerDay ?? 0) > 0) return [];
  return [
    'batches: no host takes any; add a host of kind anthropic, a "batchBucket" to one of kind vertex, "bedrock" for those of kind bedrock, ' +
      'or a "fullPriceUsdPerDay"',
  ];
}
