import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as s3assets from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { SERVER_ENTRY } from '../../../contract';
import { bundlePath } from '../../bundled-function';
import type { FargateSize } from './fargate-checks';
import { IMAGES } from './fargate-images';

export const PORT = 8080;
/** Where the code is put. */
const FOLDER = '/router';
const VOLUME = 'code';
/** Fargate's longest. By then the load balancer has sent nothing for as long as answers take. */
const STOP = Duration.seconds(120);

interface TaskProps {
  readonly role: iam.Role;
  readonly logGroup: logs.ILogGroup;
  readonly size: FargateSize;
  readonly environment: Readonly<Record<string, string>>;
  readonly image: ecs.ContainerImage | undefined;
}

/** One container that serves, and one before it that fetches its code, unless the image has it. */
export function fargateTask(scope: Construct, props: TaskProps): ecs.FargateTaskDefinition {
  const { role, logGroup, size, environment, image } = props;
  const task = new ecs.FargateTaskDefinition(scope, 'Task', {
    cpu: size.cpu,
    memoryLimitMiB: size.memory,
    taskRole: role,
    runtimePlatform: {
      cpuArchitecture: ecs.CpuArchitecture.ARM64,
      operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
    },
  });
  const logging = ecs.LogDriver.awsLogs({ streamPrefix: 'router', logGroup });
  const router = task.addContainer('Router', {
    image: image ?? ecs.ContainerImage.fromRegistry(IMAGES.node),
    ...(image === undefined && {
      command: ['node', '--enable-source-maps', `${FOLDER}/${SERVER_ENTRY}`],
      user: 'node',
    }),
    environment: { ...environment, PORT: String(PORT), AWS_REGION: Stack.of(scope).region },
    portMappings: [{ containerPort: PORT }],
    readonlyRootFilesystem: true,
    stopTimeout: STOP,
    ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: 65_535, hardLimit: 65_535 }],
    logging,
  });
  if (image !== undefined) return task;
  task.addVolume({ name: VOLUME });
  const code = new s3assets.Asset(scope, 'Code', { path: join(bundlePath('server'), SERVER_ENTRY) });
  // `grantRead` would open the whole bucket.
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [code.bucket.arnForObjects(code.s3ObjectKey)],
    }),
  );
  const fetch = task.addContainer('Fetch', {
    image: ecs.ContainerImage.fromRegistry(IMAGES.awsCli),
    command: ['s3', 'cp', code.s3ObjectUrl, `${FOLDER}/${SERVER_ENTRY}`, '--no-progress'],
    // The only place it may write to.
    environment: { HOME: FOLDER },
    essential: false,
    readonlyRootFilesystem: true,
    logging,
  });
  fetch.addMountPoints({ containerPath: FOLDER, sourceVolume: VOLUME, readOnly: false });
  router.addMountPoints({ containerPath: FOLDER, sourceVolume: VOLUME, readOnly: true });
  router.addContainerDependencies({ container: fetch, condition: ecs.ContainerDependencyCondition.SUCCESS });
  return task;
}
