import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { RuntimeProps } from '../runtime';
import type { FargateShapeProps } from './fargate-shape-props';

export interface FargateNetwork {
  readonly vpc: ec2.IVpc;
  /** Of the tasks. */
  readonly vpcSubnets: ec2.SubnetSelection;
  /** Their only way out, where there is no NAT gateway. */
  readonly assignPublicIp: boolean;
}

/**
 * Without a network that is given, the tasks are in public subnets: a NAT gateway in each zone would cost more than the tasks. They have
 * addresses to go out by; their security group lets nothing in but the load balancer.
 */
export function fargateNetwork(scope: Construct, shape: FargateShapeProps, props: RuntimeProps): FargateNetwork {
  const given = shape.vpc ?? props.vpc;
  if (given !== undefined) {
    const { vpcSubnets } = props;
    const isPublic = given.selectSubnets(vpcSubnets).hasPublic;
    return { vpc: given, vpcSubnets: vpcSubnets ?? {}, assignPublicIp: isPublic };
  }
  const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }],
    // Nobody is in it, and closing it would take a function of the CDK's.
    restrictDefaultSecurityGroup: false,
    // They cost nothing: code, configuration and health do not leave AWS's network.
    gatewayEndpoints: {
      S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
      DynamoDb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
    },
  });
  return { vpc, vpcSubnets, assignPublicIp: true };
}
