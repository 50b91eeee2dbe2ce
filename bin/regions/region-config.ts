import * as v from 'valibot';
import { list, object, pattern, text, wholeNumber } from '../../lambda/schema/schema-parts';
import { DOMAIN_NAME } from '../../lib/contract/domain-name';
import { FORMS } from '../../lib/contract';

/** A region with an order of its own. */
export interface RegionConfig {
  readonly region: string;
  /** Names of hosts of `chain`, in the order in which this region tries them. @default - as `chain`, its own Bedrock before the others */
  readonly chain?: readonly string[];
}

/** The name that leads to two regions. */
export interface DomainConfig {
  /** What clients have, such as claude.example.com. */
  readonly name: string;
  /** Public hosted zone of it, which is in Route 53 already. */
  readonly zone: string;
  /** Id of the zone, so that nobody has to look it up. @default - looked up at synth, with credentials of `account` */
  readonly zoneId?: string;
  /** 'latency', so that both take traffic, or the region that takes it all while it is well. @default - the first region */
  readonly routing?: string;
  /** Seconds between two looks of Route 53 at a region, 10 or 30. @default 30 */
  readonly checkSeconds?: 10 | 30;
  /** Minutes for which alarms have to be quiet before the second region is deployed, 1 to 14. @default 10 */
  readonly bakeMinutes?: number;
}

const region = pattern(...FORMS.awsRegion);

export const regions = list(
  v.union(
    [
      region,
      object('a region with an order of its own', {
        region,
        chain: v.optional(list(text('name of a host of the chain'), 'hosts in the order in which they are tried')),
      }),
    ],
    'must be a region such as us-east-1, or an object of region and chain',
  ),
  'the two regions of the gateway',
);

export const domain = object('the name that leads to two regions', {
  name: pattern(DOMAIN_NAME, 'a host name in lower case, such as claude.example.com'),
  zone: pattern(DOMAIN_NAME, 'a hosted zone in lower case, such as example.com'),
  zoneId: v.optional(pattern(/^[A-Z0-9]{1,32}$/, 'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ')),
  routing: v.optional(text('latency, or the region that takes all traffic while it is well')),
  checkSeconds: v.optional(v.picklist([10, 30], 'must be 10 or 30: seconds between two looks of Route 53; default 30')),
  bakeMinutes: v.optional(wholeNumber(1, 14, 'minutes for which alarms have to be quiet; default 10')),
});
