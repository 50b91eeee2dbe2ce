import type { Aws } from '../../aws';
import { callJson } from '../../emulator/call-json';

interface NameValue {
  readonly name: string;
  readonly value: string;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: readonly NameValue[];
  readonly essential: boolean;
  readonly mountPoints: readonly {
    readonly containerPath: string;
    readonly sourceVolume: string;
    readonly readOnly: boolean;
  }[];
  readonly dependsOn?: readonly { readonly containerName: string; readonly condition: string }[];
  readonly logConfiguration: { readonly options: Readonly<Record<string, string>> };
}

export interface TaskDefinition {
  readonly taskDefinitionArn: string;
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
  readonly containerDefinitions: readonly Container[];
}

/** The one service of the stack, as ECS and Application Auto Scaling give it back. */
export interface DeployedService {
  readonly task: TaskDefinition;
  /** Tasks that always run. */
  readonly minTasks: number;
}

const ECS = 'AmazonEC2ContainerServiceV20141113';

export async function readService({ cloudFormation }: Aws, url: string, StackName: string): Promise<DeployedService> {
  const { StackResources = [] } = await cloudFormation.describeStackResources({ StackName });
  const idOf = (type: string): string =>
    StackResources.find(({ ResourceType }) => ResourceType === type)?.PhysicalResourceId ?? '';
  const { services } = await callJson<{ services: readonly { readonly taskDefinition: string }[] }>(
    url,
    'ecs',
    `${ECS}.DescribeServices`,
    { cluster: idOf('AWS::ECS::Cluster'), services: [idOf('AWS::ECS::Service')] },
  );
  const { taskDefinition: task } = await callJson<{ taskDefinition: TaskDefinition }>(
    url,
    'ecs',
    `${ECS}.DescribeTaskDefinition`,
    { taskDefinition: services[0]?.taskDefinition },
  );
  const { ScalableTargets: targets } = await callJson<{ ScalableTargets: readonly { readonly MinCapacity: number }[] }>(
    url,
    'application-autoscaling',
    'AnyScaleFrontendService.DescribeScalableTargets',
    { ServiceNamespace: 'ecs' },
  );
  return { task, minTasks: targets[0]?.MinCapacity ?? 0 };
}
