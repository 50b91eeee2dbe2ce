import type { Duration } from 'aws-cdk-lib';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { RegionRouting } from './region-routing';

/** Two gateways under one name. */
export interface RegionPairProps {
  /** The name that clients have, such as `claude.example.com`, in lower case. Each region also has one of its own below it. */
  readonly name: string;
  /** Public hosted zone of that name, which exists already: by its attributes, or looked up. */
  readonly zone: route53.IHostedZone;
  /**
   * Which region a client is sent to while both are well.
   * @default RegionRouting.primary() with the region of the first gateway
   */
  readonly routing?: RegionRouting;
  /**
   * Time between two looks of Route 53 at a region, 10 or 30 seconds: three in a row have to fail. The shorter one costs more: docs/regions.md.
   * @default Duration.seconds(30)
   */
  readonly checkInterval?: Duration;
  /**
   * How long a deployment waits once a new version of the router has all traffic, in whole minutes from 1 to 14: it is taken back where an
   * alarm pages in that time, and the region after it stays as it was.
   * @default Duration.minutes(10)
   */
  readonly bakeTime?: Duration;
}
