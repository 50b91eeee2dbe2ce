import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { FailoverGateway, type FailoverGatewayProps, Host, RegionPair, type RegionPairProps } from '../../../lib';

export const NAME = 'claude.example.com';
export const REGIONS = ['us-east-1', 'eu-central-1'] as const;
const account = '123456789012';

export interface Pair {
  readonly app: App;
  readonly stacks: readonly Stack[];
  readonly gateways: readonly FailoverGateway[];
}

/** Of a gateway that can be one of two. */
export const PAIRED = {
  chain: [Host.bedrock()],
  models: ['claude-opus-5-5'],
  pageEmails: ['on-call@example.com'],
  openHealth: true,
  canary: RegionPair.CANARY,
} satisfies FailoverGatewayProps;

export function gatewaysIn(regions: readonly (string | undefined)[], props: Partial<FailoverGatewayProps> = {}): Pair {
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const stacks = regions.map((region, at) => new Stack(app, `Stack${at}`, { env: { account, region } }));
  const gateways = stacks.map((stack) => new FailoverGateway(stack, 'Gateway', { ...PAIRED, ...props }));
  return { app, stacks, gateways };
}

export const zoneIn = ({ stacks: [stack] }: Pair): route53.IHostedZone =>
  route53.HostedZone.fromHostedZoneAttributes(stack!, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });

export function pairOf(made: Pair, props: Partial<RegionPairProps> = {}): RegionPair {
  const [first, second] = made.gateways as [FailoverGateway, FailoverGateway];
  return RegionPair.of(first, second, { name: NAME, zone: zoneIn(made), ...props });
}

export function pairTemplates(props: Partial<RegionPairProps> = {}, gateway: Partial<FailoverGatewayProps> = {}) {
  const made = gatewaysIn(REGIONS, gateway);
  const pair = pairOf(made, props);
  return { ...made, pair, templates: made.stacks.map((stack) => Template.fromStack(stack)) };
}
