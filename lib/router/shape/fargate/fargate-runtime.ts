import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { BALANCER_IDLE_SECONDS, ENV, HELLO_PATH, LONGEST_INVOCATION_MS } from '../../../contract';
import { ownRole } from '../../bundled-function';
import type { RouterRuntime, RuntimeDraft, RuntimeProps } from '../runtime';
import { collectingDraft } from '../runtime-draft';
import { fargateSize, type FargateSize } from './fargate-checks';
import { fargateNetwork, type FargateNetwork } from './fargate-network';
import type { FargateShapeProps } from './fargate-shape-props';
import { fargateTask, PORT } from './fargate-task';

/**
 * A task is half busy by then. Requests under way are no metric of a load balancer; by these two a service grows before they are too many:
 * what streams cost is CPU, and 1,500 requests a minute are 250 answers of ten seconds at a time.
 */
const CPU_PERCENT = 50;
const REQUESTS_A_MINUTE_AND_VCPU = 1500;

/** Tasks behind a load balancer, which is their front door. */
export function prepareFargate(scope: Construct, shape: FargateShapeProps, props: RuntimeProps): RuntimeDraft {
  const size = fargateSize(scope, shape, props);
  const own = ownRole(scope, props, 'ecs-tasks');
  const environment = { ...props.environment, [ENV.IDLE_SECONDS]: String(BALANCER_IDLE_SECONDS) };
  return collectingDraft(environment, own, (complete): RouterRuntime => {
    const network = fargateNetwork(scope, shape, props);
    const task = fargateTask(scope, { ...own, size, environment: complete, image: shape.image });
    const service = serviceOf(scope, { task, network, shape, props });
    const { balancer, targets } = frontOf(scope, { service, network, shape });
    scale(service, targets, size);
    return {
      arn: service.serviceArn,
      name: service.serviceName,
      connections: service.connections,
      onFargate: {
        loadBalancer: balancer,
        targetGroupName: targets.targetGroupFullName,
        clusterName: service.cluster.clusterName,
        maxTasks: size.maxTasks,
        rollBackOn: (names) => service.enableDeploymentAlarms(names, { behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM }),
      },
    };
  });
}

interface ServiceParts {
  readonly task: ecs.FargateTaskDefinition;
  readonly network: FargateNetwork;
  readonly shape: FargateShapeProps;
  readonly props: RuntimeProps;
}

function serviceOf(scope: Construct, { task, network, shape, props }: ServiceParts): ecs.FargateService {
  const { vpc, vpcSubnets, assignPublicIp } = network;
  const cluster = new ecs.Cluster(scope, 'Cluster', { vpc, enableFargateCapacityProviders: true });
  const service = new ecs.FargateService(scope, 'Service', {
    cluster,
    taskDefinition: task,
    vpcSubnets,
    assignPublicIp,
    securityGroups: props.securityGroups,
    capacityProviderStrategies: [
      { capacityProvider: 'FARGATE', base: 1, weight: shape.spot ? 0 : 1 },
      ...(shape.spot ? [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] : []),
    ],
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { rollback: true },
    healthCheckGracePeriod: Duration.minutes(2),
  });
  // A deployment would else take back what scaling has added.
  (service.node.defaultChild as ecs.CfnService).addPropertyDeletionOverride('DesiredCount');
  return service;
}

function frontOf(
  scope: Construct,
  parts: { readonly service: ecs.FargateService; readonly network: FargateNetwork; readonly shape: FargateShapeProps },
): { readonly balancer: elb.ApplicationLoadBalancer; readonly targets: elb.ApplicationTargetGroup } {
  const { service, network, shape } = parts;
  const balancer = new elb.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc: network.vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    internetFacing: true,
    dropInvalidHeaderFields: true,
    // An answer that does not stream is silent for as long as a budget allows.
    idleTimeout: Duration.seconds(BALANCER_IDLE_SECONDS),
  });
  const listener = balancer.addListener('Https', {
    port: 443,
    certificates: [shape.certificate],
    sslPolicy: elb.SslPolicy.RECOMMENDED_TLS,
  });
  const targets = listener.addTargets('Tasks', {
    protocol: elb.ApplicationProtocol.HTTP,
    port: PORT,
    targets: [service],
    // A stream is long: who has fewest under way is asked next.
    loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
    // Not /health: hosts that are down are no reason to end a task.
    healthCheck: {
      path: HELLO_PATH,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
    // A task that leaves gets no new request, and finishes what it has.
    deregistrationDelay: Duration.millis(LONGEST_INVOCATION_MS),
  });
  return { balancer, targets };
}

function scale(service: ecs.FargateService, targetGroup: elb.ApplicationTargetGroup, size: FargateSize): void {
  const { cpu, minTasks, maxTasks } = size;
  const scaling = service.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks });
  const cooldowns = { scaleOutCooldown: Duration.seconds(30), scaleInCooldown: Duration.minutes(5) };
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: CPU_PERCENT, ...cooldowns });
  const requestsPerTarget = Math.round((REQUESTS_A_MINUTE_AND_VCPU * cpu) / 1024);
  scaling.scaleOnRequestCount('Requests', { requestsPerTarget, targetGroup, ...cooldowns });
}
