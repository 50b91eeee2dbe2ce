import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FailoverGateway } from '../gateway/failover-gateway';
import { ValidationError } from '../validation-error';
import { RegionPair } from './region-pair';
import type { RegionPairProps } from './region-pair-props';

/** How the gateway of a region is made. */
export interface IGatewayOfRegion {
  /**
   * Makes it, in the stack of its region: public, with `openHealth: true`, and usually with `canary: RegionPair.CANARY`. Called once for each region.
   * @param stack whose `region` is known
   */
  gatewayIn(stack: Stack): FailoverGateway;
}

/** Properties of `RegionalGateways`. */
export interface RegionalGatewaysProps extends RegionPairProps {
  /** Two regions, such as `['us-east-1', 'us-west-2']`: the first is deployed first, and is the primary unless `routing` says otherwise. */
  readonly regions: string[];
  /** How the gateway of each is made. */
  readonly gateways: IGatewayOfRegion;
  /**
   * AWS account of both.
   * @default - the one of the credentials at deployment
   */
  readonly account?: string;
}

/** A gateway in each of two regions, with a stack each and one name for both. */
export class RegionalGateways extends Construct {
  /** In the order of `regions`. */
  public readonly gateways: FailoverGateway[];
  /** Base URL for Anthropic SDKs, without a slash at its end. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: RegionalGatewaysProps) {
    super(scope, id);
    const { regions, gateways, account } = props;
    if (regions.length !== 2 || regions[0] === regions[1]) {
      throw new ValidationError(this, `'regions' must be two different ones, got ${regions.join(', ') || 'none'}`);
    }
    const made = regions.map((region) => {
      // Alarms begin with it, so that whoever is woken knows which region it is.
      const stackName = `${this.node.path.replaceAll('/', '-')}-${region}`;
      const description = `A Claude endpoint that keeps answering, in ${region}`;
      return gateways.gatewayIn(new Stack(this, region, { stackName, description, env: { region, account } }));
    });
    const [first, second] = made as [FailoverGateway, FailoverGateway];
    this.gateways = made;
    this.url = RegionPair.of(first, second, props).url;
  }
}
