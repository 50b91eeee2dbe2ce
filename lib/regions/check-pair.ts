import { Stack, Token } from 'aws-cdk-lib';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IConstruct } from 'constructs';
import { FORMS } from '../contract';
import type { FailoverGateway } from '../gateway/failover-gateway';
import { DOMAIN_NAME } from '../contract/domain-name';
import { ValidationError } from '../validation-error';
import { MOST_BAKE_MINUTES } from './bake';
import type { RegionPairProps } from './region-pair-props';

const CHECK_SECONDS = [10, 30];

/** What would fail at deployment, or leave one region in need of the other. */
export function checkPair(gateways: readonly FailoverGateway[], props: RegionPairProps): void {
  const [first] = gateways as [FailoverGateway];
  const regions = gateways.map(regionOf);
  if (regions[0] === regions[1]) {
    refuse(
      first,
      `both gateways of the pair are in ${regions[0]}; a pair is of two regions, so give one of their stacks another 'env.region'`,
    );
  }
  for (const gateway of gateways) checkGateway(gateway);
  checkNames(first, props);
  const primary = props.routing?._primary;
  if (primary !== undefined && !regions.includes(primary)) {
    refuse(first, `'routing' has '${primary}' as primary; the regions of the pair are ${regions.join(' and ')}`);
  }
  const seconds = props.checkInterval?.toSeconds({ integral: false });
  if (seconds !== undefined && !CHECK_SECONDS.includes(seconds)) {
    refuse(first, `'checkInterval' must be 10 or 30 seconds, as Route 53 has them, got ${seconds} seconds`);
  }
  const minutes = props.bakeTime?.toMinutes({ integral: false });
  if (minutes === undefined || (Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_BAKE_MINUTES)) return;
  refuse(first, `'bakeTime' must be 1 to ${MOST_BAKE_MINUTES} minutes, in whole ones, got ${minutes} minutes`);
}

export function regionOf(gateway: FailoverGateway): string {
  const { region } = Stack.of(gateway);
  if (!Token.isUnresolved(region) && FORMS.awsRegion[0].test(region)) return region;
  return refuse(
    gateway,
    "a pair has to know the regions of both gateways; give their stacks 'env.region', such as us-east-1",
  );
}

function checkGateway(gateway: FailoverGateway): void {
  const { api } = gateway;
  if (api.root.getResource('health') === undefined) {
    refuse(gateway, "Route 53 asks the gateways of a pair for their health; give 'openHealth: true'");
  }
  if (gateway.router.requestQueue !== undefined) {
    refuse(
      gateway,
      "'queue' is in one region: by the name of a pair a client may look where nobody knows its request; leave it out",
    );
  }
  if (gateway.router.batchesTable !== undefined) {
    refuse(
      gateway,
      "'batches' are in one region: by the name of a pair a client may look where nobody knows its batch; leave them out",
    );
  }
  const isPublic = api instanceof RestApi && api.domainName === undefined;
  if (!isPublic) {
    refuse(gateway, "a pair brings its own names; leave out 'endpoint' or make it GatewayEndpoint.public()");
  }
}

function checkNames(scope: IConstruct, { name, zone }: RegionPairProps): void {
  if (Token.isUnresolved(zone.hostedZoneId) || Token.isUnresolved(zone.zoneName)) {
    refuse(
      scope,
      "'zone' is made in a stack, which one region would then need of the other; give one that exists already, " +
        'by HostedZone.fromHostedZoneAttributes() or fromLookup()',
    );
  }
  if (!DOMAIN_NAME.test(name)) {
    refuse(
      scope,
      `'name' is '${name}'; give a host name in lower case without scheme or path, such as claude.example.com`,
    );
  }
  if (name !== zone.zoneName && !name.endsWith(`.${zone.zoneName}`)) {
    refuse(scope, `'name' is '${name}', which is not in the zone '${zone.zoneName}'`);
  }
}

function refuse(scope: IConstruct, text: string): never {
  throw new ValidationError(scope, text);
}
