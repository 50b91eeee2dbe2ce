import { STACK_NAME } from '../../lib/hosts/vertex/vertex-names';
import { RegionPair } from '../../lib/regions/region-pair';
import type { FailoverConfig } from '../failover-config';
import type { ChainHost } from '../hosts/chain-hosts';

export const LATENCY = 'latency';

type Regions = NonNullable<FailoverConfig['regions']>;

export const regionNames = (regions: Regions): string[] =>
  regions.map((each) => (typeof each === 'string' ? each : each.region));

/** Names of the stacks: one, or one a region. */
export function stackNames({ stackName = STACK_NAME, regions }: FailoverConfig): string[] {
  return regions === undefined ? [stackName] : regionNames(regions).map((region) => `${stackName}-${region}`);
}

/** The configuration as one of two regions has it: its own stack, its own Bedrock first, half the canary. */
export function configOfRegion(config: FailoverConfig, at: number): FailoverConfig {
  const { regions = [], domain: _, canary = {}, chain, ...same } = config;
  const [region = '', stackName] = [regionNames(regions)[at], stackNames(config)[at]];
  const { interval, dailyBudgetUsd } = RegionPair.CANARY;
  const half = { intervalMinutes: interval?.toMinutes(), dailyBudgetUsd };
  return {
    ...same,
    region,
    stackName,
    chain: nearFirst(chain, regionOf(region), region),
    canary: canary && { ...half, ...canary },
  };
}

/** Names of hosts in the order that a region has been given. */
export const orderOfRegion = ({ regions = [] }: FailoverConfig, at: number): readonly string[] | undefined => {
  const own = regions[at];
  return typeof own === 'string' ? undefined : own?.chain;
};

/** Of Bedrock alone: other hosts are as near to one region as to the other. */
const regionOf =
  (own: string) =>
  (host: ChainHost): string | undefined =>
    host.host === 'bedrock' ? (host.region ?? own) : undefined;

/** The nearest first among those that have a region, in the places that these have. */
export function nearFirst<Host>(
  hosts: readonly Host[],
  regionOf: (host: Host) => string | undefined,
  region: string,
): Host[] {
  const regional = hosts.filter((host) => regionOf(host) !== undefined);
  const ordered = [
    ...regional.filter((host) => regionOf(host) === region),
    ...regional.filter((host) => regionOf(host) !== region),
  ];
  return hosts.map((host) => (regionOf(host) === undefined ? host : ordered.shift()!));
}
