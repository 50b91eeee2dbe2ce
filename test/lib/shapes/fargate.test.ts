import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Firewall } from '../../../lib/gateway/firewall';
import type { FargateShapeProps } from '../../../lib/router/shape/fargate/fargate-shape-props';
import { fargate, gatewayIn, newStack, templateOf } from './shape-stack';

const onFargate = (props: Partial<FargateShapeProps> = {}): Template =>
  templateOf((stack) => ({ shape: fargate(stack, props) }));

describe('a router on Fargate', () => {
  const template = onFargate();

  it('is two tasks on arm64 with the code that a container before it has fetched, by the role of the task', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Cpu: '512',
      Memory: '1024',
      RuntimePlatform: { CpuArchitecture: 'ARM64' },
      ContainerDefinitions: [
        Match.objectLike({
          Name: 'Router',
          Image: Match.stringLikeRegexp('^public.ecr.aws/docker/library/node:24-slim@sha256:[0-9a-f]{64}$'),
          DependsOn: [{ Condition: 'SUCCESS', ContainerName: 'Fetch' }],
          ReadonlyRootFilesystem: true,
          StopTimeout: 120,
          User: 'node',
        }),
        Match.objectLike({
          Name: 'Fetch',
          Essential: false,
          Command: Match.arrayWith(['s3', 'cp', '/router/index.mjs']),
        }),
      ],
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'ecs-tasks.amazonaws.com' } })],
      },
    });
  });

  it('lets an answer be silent for as long as a budget does, and a task that leaves finish its answers', () => {
    const attribute = (Key: string, Value: string) => Match.arrayWith([{ Key, Value }]);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: attribute('idle_timeout.timeout_seconds', '900'),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetGroupAttributes: attribute('deregistration_delay.timeout_seconds', '900'),
      // Hosts that are down must not end the tasks.
      HealthCheckPath: '/api/hello',
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([
        Match.objectLike({ Environment: Match.arrayWith([{ Name: 'FAILOVER_IDLE_SECONDS', Value: '900' }]) }),
      ]),
    });
  });

  it('speaks TLS only, and lets nothing but the load balancer reach a task', () => {
    template.resourcePropertiesCountIs('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, Protocol: 'HTTPS' }, 1);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  it('is rolled back when a version does not come up, or rings an alarm', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: Match.absent(),
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { Enable: true, Rollback: true, AlarmNames: [Match.anyValue(), Match.anyValue()] },
        MinimumHealthyPercent: 100,
      },
    });
  });

  it('is watched by its load balancer', () => {
    for (const [id, MetricName] of [
      ['Errors', 'HTTPCode_ELB_5XX_Count'],
      ['UnhealthyTasks', 'UnHealthyHostCount'],
    ]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `Stack/Gateway/Alarms/${id}`,
        MetricName,
        Namespace: 'AWS/ApplicationELB',
      });
    }
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Stack/Gateway/Alarms/TasksAtMost' });
  });

  it('says where its name has to point', () => {
    template.hasOutput('*', { Description: 'CNAME of claude.example.com' });
  });
});

it('grows with requests in proportion to the CPU of a task', () => {
  const tracking = (Target: number) => ({
    TargetTrackingScalingPolicyConfiguration: Match.objectLike({
      TargetValue: Target,
      PredefinedMetricSpecification: Match.objectLike({ PredefinedMetricType: 'ALBRequestCountPerTarget' }),
    }),
  });
  onFargate({ cpu: 1024 }).hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', tracking(1500));
  onFargate({ cpu: 256 }).hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', tracking(375));
});

it('keeps one task on demand when the others are on Spot', () => {
  onFargate({ spot: true }).hasResourceProperties('AWS::ECS::Service', {
    CapacityProviderStrategy: [
      { CapacityProvider: 'FARGATE', Base: 1, Weight: 0 },
      { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
    ],
  });
});

it('runs an image of its user alone', () => {
  onFargate({ image: ContainerImage.fromRegistry('registry.example.com/router@sha256:1') }).hasResourceProperties(
    'AWS::ECS::TaskDefinition',
    { ContainerDefinitions: [Match.objectLike({ Image: 'registry.example.com/router@sha256:1' })] },
  );
});

it('is in the private subnets of a VPC that is given, without addresses of its own', () => {
  const template = templateOf((stack) => ({ shape: fargate(stack, { vpc: new Vpc(stack, 'Vpc', { maxAzs: 2 }) }) }));
  template.hasResourceProperties('AWS::ECS::Service', {
    NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
  });
  template.resourceCountIs('AWS::EC2::VPC', 1);
});

it('has its DNS record and its web ACL', () => {
  const template = templateOf((stack) => ({
    shape: fargate(stack, {
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    }),
    firewall: Firewall.rateLimit(),
  }));
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'claude.example.com.', Type: 'A' });
  template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
});

it.each<[string, Partial<FargateShapeProps>, string]>([
  [
    'a name that is none',
    { domainName: 'https://claude' },
    "'domainName' of RouterShape.fargate() is 'https://claude'",
  ],
  [
    'a CPU that Fargate has not',
    { cpu: 700 },
    "'cpu' of RouterShape.fargate() is 700; it must be one of 256, 512, 1024, 2048",
  ],
  ['memory that does not go with it', { memory: 512 }, 'it must be 1024 to 4096 in steps of 1024'],
  ['no task', { minTasks: 0 }, "'minTasks' of RouterShape.fargate() is 0; it must be a whole number from 1"],
  ['fewer at most than at least', { minTasks: 4, maxTasks: 3 }, "'maxTasks' of RouterShape.fargate() is 3"],
])('stops at %s', (_what, props, message) => {
  expect(() => gatewayIn(newStack(), (stack) => ({ shape: fargate(stack, props) }))).toThrow(message);
});
