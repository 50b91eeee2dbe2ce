import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { regionalName } from '../contract';
import type { FailoverGateway } from '../gateway/failover-gateway';
import { Bake } from './bake';
import { addRegionRows } from './region-rows';
import { regionOf } from './check-pair';
import { RegionalDomain } from './regional-domain';
import { CHECK_FAILURES, RegionalRecords } from './regional-records';
import type { RegionPairProps } from './region-pair-props';
import type { RegionRouting } from './region-routing';
import { leaveHealthUntraced } from './unsampled-health';

const BAKE_TIME = Duration.minutes(10);
const CHECK_INTERVAL = Duration.seconds(30);

interface RegionSideProps extends RegionPairProps {
  readonly other: FailoverGateway;
  /** Whether the other one is the first to tell of what both see. */
  readonly otherLeads: boolean;
  readonly routing: RegionRouting;
}

/** What a pair adds to one of its gateways: everything in that one's stack, and of the other one nothing but names. */
export class RegionSide extends Construct {
  constructor(gateway: FailoverGateway, id: string, props: RegionSideProps) {
    super(gateway, id);
    const { other, otherLeads, routing, name, zone, checkInterval = CHECK_INTERVAL, bakeTime = BAKE_TIME } = props;
    const { api, alarms, canary } = gateway;
    const [region, otherRegion] = [regionOf(gateway), regionOf(other)];
    const domain = new RegionalDomain(this, 'Domain', { api, name, region, zone });
    const records = new RegionalRecords(this, 'Records', { domain, name, region, zone, routing, checkInterval });
    leaveHealthUntraced(this, gateway);
    gateway._joinPair(`https://${regionalName(name, region)}`, {
      name,
      other: { region: otherRegion, stack: Stack.of(other).stackName },
      healthCheck: records.healthCheckId,
      checkSeconds: checkInterval.toSeconds(),
      checkFailures: CHECK_FAILURES,
    });
    if (canary) {
      const url = `https://${regionalName(name, otherRegion)}`;
      canary._watchRegion({ region: otherRegion, url, alarms: other.alarms._prefix, leads: otherLeads });
      alarms._watchRegion(otherRegion, otherLeads);
    }
    gateway.deploymentGroup.addPostHook(new Bake(this, 'Bake', gateway, bakeTime).function);
    addRegionRows(this, gateway, other, records.healthCheckId);
  }
}
