import { App } from 'aws-cdk-lib';
import { gatewayStacks } from '../../../bin/regions/gateway-stacks';
import config from '../../../failover.config';
import { type DeployedStack, readStack } from '../incident/deployed-stack';

export const PAIR_REGIONS = ['us-east-1', 'us-west-2'] as const;
export type PairRegion = (typeof PAIR_REGIONS)[number];
export type DeployedPair = Readonly<Record<PairRegion, DeployedStack>>;

/** What `failover.config.ts` puts into two regions, of which the first is active. */
export function deployedPair(): DeployedPair {
  const stacks = gatewayStacks(new App(), {
    ...config,
    account: '123456789012',
    pageEmails: ['oncall@example.com'],
    regions: PAIR_REGIONS,
    domain: { name: 'claude.example.com', zone: 'example.com', zoneId: 'Z1' },
  });
  return Object.fromEntries(stacks.map((stack, at) => [PAIR_REGIONS[at]!, readStack(stack)])) as DeployedPair;
}
