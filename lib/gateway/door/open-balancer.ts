import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { FargateShapeProps } from '../../router/shape/fargate/fargate-shape-props';
import { ownName } from '../own-name';

export const openBalancer = (
  scope: Construct,
  shape: FargateShapeProps,
  balancer: elb.ApplicationLoadBalancer,
): string => ownName(scope, shape, { alias: new LoadBalancerTarget(balancer), name: balancer.loadBalancerDnsName });
