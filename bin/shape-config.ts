import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import * as v from 'valibot';
import { fairQueueSchema } from '../lambda/gateway/config/governance/limits-schema';
import { flag, list, object, oneOf, pattern, text, wholeNumber } from '../lambda/schema/schema-parts';
import { type FairQueueConfig, FORMS } from '../lib/contract';
import { RouterShape } from '../lib/router/shape/router-shape';
import { WebFunctionRegions } from '../lib/router/shape/web-function/web-function-shape-props';
import { member } from './member';

/** What the router runs as; Fargate needs a name and its certificate. */
export type ShapeConfig = 'lambda' | 'webFunction' | WebFunctionConfig | FargateConfig;

export interface ZoneConfig {
  readonly id: string;
  /** Such as `example.com`. */
  readonly name: string;
}

/** A name of one's own, and its certificate. */
export interface NameConfig {
  /** Such as `claude.example.com`. */
  readonly domainName: string;
  readonly certificateArn: string;
  /** Route 53's zone that gets the record. @default - an output says where the name has to point */
  readonly hostedZone?: ZoneConfig;
}

export interface CdnConfig extends NameConfig {
  /** Of a global web ACL. @default - none */
  readonly webAclArn?: string;
}

export interface WebFunctionConfig {
  readonly kind: 'webFunction';
  /** Regions beside the stack's own. @default - none */
  readonly regions?: readonly string[];
  /** One name for all regions, or a name each. @default 'multiRegion' */
  readonly regionNames?: `${WebFunctionRegions}`;
  /** Requests a second over all clients. @default - the account's */
  readonly rateLimit?: number;
  /** @default - the account's */
  readonly maxEnvironments?: number;
  /** @default 64 */
  readonly maxConcurrencyPerEnvironment?: number;
  /** Teams take turns where hosts cannot take all that comes. @default - who comes first is served first */
  readonly fairQueue?: FairQueueConfig;
  /** CloudFront in front; its certificate is in us-east-1. @default - none */
  readonly cdn?: CdnConfig;
}

export interface FargateConfig extends NameConfig {
  readonly kind: 'fargate';
  /** @default 512 */
  readonly cpu?: number;
  /** MiB. @default - twice the CPU */
  readonly memory?: number;
  /** @default 2 */
  readonly minTasks?: number;
  /** @default 10 */
  readonly maxTasks?: number;
  /** @default false */
  readonly spot?: boolean;
  /** Teams take turns where hosts cannot take all that comes. @default - who comes first is served first */
  readonly fairQueue?: FairQueueConfig;
}

const named = {
  domainName: text('name of the gateway, such as claude.example.com'),
  certificateArn: pattern(/^arn:[^:]+:acm:[^:]+:\d{12}:certificate\/.+$/, 'the ARN of a certificate of ACM'),
  hostedZone: v.optional(
    object('zone of Route 53 that gets the record', {
      id: text('id of the zone'),
      name: text('name of the zone, such as example.com'),
    }),
  ),
};

const webFunction = object('a Lambda Web Function', {
  kind: v.literal('webFunction'),
  regions: v.optional(list(pattern(...FORMS.awsRegion), "regions beside the stack's own")),
  regionNames: v.optional(oneOf(['multiRegion', 'perRegion'], 'how the regions are reached; default multiRegion')),
  rateLimit: v.optional(wholeNumber(0, 10_000, 'requests a second over all clients')),
  maxEnvironments: v.optional(wholeNumber(2, 100_000, 'environments at a time')),
  maxConcurrencyPerEnvironment: v.optional(wholeNumber(1, 128, 'requests an environment serves at a time; default 64')),
  fairQueue: v.optional(fairQueueSchema),
  cdn: v.optional(object('CloudFront in front', { ...named, webAclArn: v.optional(text('ARN of a global web ACL')) })),
});

const fargate = object('tasks of ECS on Fargate', {
  kind: v.literal('fargate'),
  ...named,
  cpu: v.optional(wholeNumber(256, 2048, 'CPU of a task, 1024 being one; default 512')),
  memory: v.optional(wholeNumber(512, 16_384, 'MiB of a task; default twice the CPU')),
  minTasks: v.optional(wholeNumber(1, 1000, 'tasks that always run; default 2')),
  maxTasks: v.optional(wholeNumber(1, 1000, 'tasks at most; default 10')),
  spot: v.optional(flag('Fargate Spot for all tasks but the first; default false')),
  fairQueue: v.optional(fairQueueSchema),
});

const RIGHT =
  "must be 'lambda', 'webFunction', or an object with kind 'webFunction' or 'fargate': what the router runs as. " +
  "Fargate needs { kind: 'fargate', domainName, certificateArn }";

export const shapeSchema = v.union(
  [v.picklist(['lambda', 'webFunction'], RIGHT), v.variant('kind', [webFunction, fargate], RIGHT)],
  (issue) => nested(issue) ?? RIGHT,
);

/** Of an object whose kind is right, what is wrong in it. */
const nested = (issue: v.UnionIssue<v.BaseIssue<unknown>>): string | undefined => {
  const inner = issue.issues?.find(({ path, message }) => path !== undefined && message !== RIGHT);
  const at = inner?.path?.map(({ key }) => String(key)).join('.');
  return inner && `'${at}' ${inner.message}`;
};

const nameOf = (scope: Construct, { domainName, certificateArn, hostedZone }: NameConfig) => ({
  domainName,
  certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
  hostedZone:
    hostedZone &&
    HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: hostedZone.id, zoneName: hostedZone.name }),
});

export function shapeOf(scope: Construct, config: ShapeConfig = 'lambda'): RouterShape {
  if (config === 'lambda') return RouterShape.lambda();
  if (config === 'webFunction') return RouterShape.webFunction();
  if (config.kind === 'fargate') {
    const { kind: _, domainName: _name, certificateArn: _arn, hostedZone: _zone, ...size } = config;
    return RouterShape.fargate({ ...size, ...nameOf(scope, config) });
  }
  const { kind: _, cdn, regions, regionNames, ...limits } = config;
  return RouterShape.webFunction({
    ...limits,
    regions: regions && [...regions],
    regionNames: regionNames && member(WebFunctionRegions, regionNames),
    cdn: cdn && { ...nameOf(scope, cdn), webAclArn: cdn.webAclArn },
  });
}
