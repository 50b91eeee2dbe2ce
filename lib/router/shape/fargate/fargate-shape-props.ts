import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { FairQueueProps } from '../../governance/fair-queue';

/** A router as a service of ECS on Fargate, behind an Application Load Balancer. */
export interface FargateShapeProps {
  /** Name of the gateway, such as `claude.example.com`, in lower case. */
  readonly domainName: string;
  /** Certificate for that name, in the region of the stack. */
  readonly certificate: acm.ICertificate;
  /**
   * Zone that gets the DNS record.
   * @default - no record; the stack output `DomainTarget` says where a CNAME has to point
   */
  readonly hostedZone?: route53.IHostedZone;
  /**
   * Network with subnets in two zones or more: public ones for the load balancer, and for the tasks private ones with a way out where
   * there are such.
   * @default - a new one of public subnets in two zones, without a NAT gateway; only the load balancer reaches the tasks
   */
  readonly vpc?: ec2.IVpc;
  /**
   * CPU of a task, 1024 being one virtual CPU: 256, 512, 1024 or 2048. Beyond one the process has no use for it.
   * @default 512 - nearly two hundred streams at a time, with half of it
   */
  readonly cpu?: number;
  /**
   * Memory of a task in MiB: at least twice `cpu`, and what Fargate has for it. A quarter of it is for bodies on their way.
   * @default - twice `cpu`
   */
  readonly memory?: number;
  /**
   * Tasks that always run, a whole number from 1. With less than two, one zone that fails takes the gateway away.
   * @default 2
   */
  readonly minTasks?: number;
  /**
   * Tasks at a time at most.
   * @default 10, or `minTasks` where that is more
   */
  readonly maxTasks?: number;
  /**
   * Whether the tasks run on Fargate Spot, for a third of the price: AWS takes one away with two minutes' notice, which answers that
   * take longer do not survive. The first task stays on demand.
   * @default false
   */
  readonly spot?: boolean;
  /**
   * Whether clients (teams) take turns where hosts cannot take all that comes, so that one with a hundred requests does not keep one with
   * a single one from its own: in each task, while hosts refuse for their quota or are overloaded; see docs/policy.md.
   * @default - who comes first is served first
   */
  readonly fairQueue?: FairQueueProps;
  /**
   * An image with the router in it, built for arm64, that listens on port 8080.
   * @default - a public image of Node.js, into which the router's code is put when a task starts
   */
  readonly image?: ecs.ContainerImage;
}
