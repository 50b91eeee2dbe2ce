import { type App, Duration } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { STACK_NAME } from '../../lib/hosts/vertex/vertex-names';
import { RegionPair } from '../../lib/regions/region-pair';
import { RegionRouting } from '../../lib/regions/region-routing';
import type { FailoverConfig } from '../failover-config';
import { GatewayStack } from '../gateway-stack';
import { configOfRegion, LATENCY, orderOfRegion, regionNames } from './config-of-region';
import type { DomainConfig } from './region-config';

/** One stack, or one for each of two regions with a name for both. */
export function gatewayStacks(app: App, config: FailoverConfig): GatewayStack[] {
  const { regions, domain, stackName = STACK_NAME } = config;
  if (regions === undefined || domain === undefined) return [new GatewayStack(app, config)];
  const names = regionNames(regions);
  const stacks = names.map((_, at) => {
    const replicaRegions = at === 0 ? names.slice(1) : undefined;
    return new GatewayStack(app, configOfRegion(config, at), {
      shared: { prefix: stackName, replicaRegions },
      order: orderOfRegion(config, at),
    });
  });
  const [first, second] = stacks as [GatewayStack, GatewayStack];
  const { name, routing, checkSeconds, bakeMinutes } = domain;
  RegionPair.of(first.gateway, second.gateway, {
    name,
    zone: zoneOf(first, domain),
    routing: routing === undefined ? undefined : routingOf(routing),
    checkInterval: checkSeconds === undefined ? undefined : Duration.seconds(checkSeconds),
    bakeTime: bakeMinutes === undefined ? undefined : Duration.minutes(bakeMinutes),
  });
  return stacks;
}

const routingOf = (routing: string): RegionRouting =>
  routing === LATENCY ? RegionRouting.latency() : RegionRouting.primary(routing);

function zoneOf(scope: GatewayStack, { zone: zoneName, zoneId }: DomainConfig): route53.IHostedZone {
  if (zoneId === undefined) return route53.HostedZone.fromLookup(scope, 'Zone', { domainName: zoneName });
  return route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: zoneId, zoneName });
}
