import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { FairQueueProps } from '../../governance/fair-queue';

/** How a web function is reached in several regions. */
export enum WebFunctionRegions {
  /** One name for all of them; AWS's DNS sends each client to the nearest. It does not promise to leave a region that is ill. */
  ONE_NAME = 'multiRegion',
  /** A name for each region, so that clients or a DNS record of one's own can leave one. */
  NAME_EACH = 'perRegion',
}

/** CloudFront in front of a web function. */
export interface WebFunctionCdnProps {
  /** Name of the gateway, such as `claude.example.com`, in lower case. */
  readonly domainName: string;
  /** Certificate for that name, in us-east-1, where CloudFront looks for it. */
  readonly certificate: acm.ICertificate;
  /**
   * Zone that gets the DNS records.
   * @default - no record; the stack output `DomainTarget` says where a CNAME has to point
   */
  readonly hostedZone?: route53.IHostedZone;
  /**
   * ARN of a web ACL for CloudFront: `arn:<partition>:wafv2:us-east-1:<account>:global/webacl/<name>/<id>`. Rules of AWS for bodies take
   * prompts for attacks: leave them to count.
   * @default - none
   */
  readonly webAclArn?: string;
}

/** A router as a Lambda Web Function. */
export interface WebFunctionShapeProps {
  /**
   * Regions beside the stack's own that serve too. Another list is another address, unless `cdn` has a name of one's own in front.
   * @default - the stack's region alone
   */
  readonly regions?: string[];
  /**
   * How the `regions` are reached.
   * @default WebFunctionRegions.ONE_NAME
   */
  readonly regionNames?: WebFunctionRegions;
  /**
   * Requests a second over all clients: 0 to turn all away, 100 to 1000 in steps of 100, 2000 to 10000 in steps of 1000.
   * @default - what the account has
   */
  readonly rateLimit?: number;
  /**
   * Environments at a time, a whole number from 2. With `maxConcurrencyPerEnvironment` it bounds the requests under way.
   * @default - what the account has
   */
  readonly maxEnvironments?: number;
  /**
   * Requests that one environment serves at a time, 1 to 128.
   * @default 64 - AWS's own
   */
  readonly maxConcurrencyPerEnvironment?: number;
  /**
   * Whether clients (teams) take turns where hosts cannot take all that comes, so that one with a hundred requests does not keep one with
   * a single one from its own: in each environment, while hosts refuse for their quota or are overloaded; see docs/policy.md.
   * @default - who comes first is served first
   */
  readonly fairQueue?: FairQueueProps;
  /**
   * A name of one's own, HTTP/2 and a web ACL in front, by CloudFront. The generated address then takes nobody but CloudFront.
   * @default - clients come by the generated address
   */
  readonly cdn?: WebFunctionCdnProps;
}
