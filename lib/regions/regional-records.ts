import { type Duration } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { HEALTH_CHECK, regionalName } from '../contract';
import type { RegionRouting } from './region-routing';
import type { RegionalDomain } from './regional-domain';

/** Looks in a row that have to fail, or to succeed. */
export const CHECK_FAILURES = 3;
/** The fewest there can be, each with a few checkers, on three continents: every look of each is a request to pay for. */
const CHECKED_FROM = ['us-west-2', 'eu-west-1', 'ap-southeast-1'];

interface RegionalRecordsProps {
  readonly domain: RegionalDomain;
  readonly name: string;
  readonly region: string;
  readonly zone: route53.IHostedZone;
  readonly routing: RegionRouting;
  readonly checkInterval: Duration;
}

/** A region's part in the zone: its own name, and its record of the shared one, which counts as long as its health check is green. */
export class RegionalRecords extends Construct {
  readonly healthCheckId: string;

  constructor(scope: Construct, id: string, props: RegionalRecordsProps) {
    super(scope, id);
    const { domain, name, region, zone, routing, checkInterval } = props;
    const ownName = regionalName(name, region);
    const record = (id: string, recordName: string, target: apigateway.DomainName, more: object = {}): void => {
      new route53.CfnRecordSet(this, id, {
        hostedZoneId: zone.hostedZoneId,
        // The dot at the end says that the name is complete.
        name: `${recordName}.`,
        type: route53.RecordType.A,
        aliasTarget: {
          dnsName: target.domainNameAliasDomainName,
          hostedZoneId: target.domainNameAliasHostedZoneId,
          // API Gateway is well whatever its API is; the health check looks further.
          evaluateTargetHealth: false,
        },
        ...more,
      });
    };
    record('Own', ownName, domain.own);
    const check = new route53.CfnHealthCheck(this, 'HealthCheck', {
      healthCheckConfig: {
        type: 'HTTPS_STR_MATCH',
        fullyQualifiedDomainName: ownName,
        enableSni: true,
        port: 443,
        resourcePath: HEALTH_CHECK.path,
        searchString: HEALTH_CHECK.text,
        requestInterval: checkInterval.toSeconds(),
        failureThreshold: CHECK_FAILURES,
        regions: CHECKED_FROM,
      },
      healthCheckTags: [{ key: 'Name', value: ownName }],
    });
    this.healthCheckId = check.attrHealthCheckId;
    record('Shared', name, domain.shared, { ...routing._record(region), healthCheckId: this.healthCheckId });
  }
}
