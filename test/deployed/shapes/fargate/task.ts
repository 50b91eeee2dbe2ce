import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AwsSession } from '../../../../local/hosts';
import { openServer, type OpenServer } from '../../../../local/loopback/open-server';
import type { Iam } from '../../iam/iam';
import { writeLog } from '../../iam/lambda-role';
import { REGION } from '../../stack/test-config';
import { startServer, type ServerProcess } from '../server-process';
import type { Container, TaskDefinition } from './deployed-service';

export interface TaskWorld {
  /** The emulator, behind what asks IAM. */
  readonly awsUrl: string;
  readonly iam: Iam;
  /** Python that has the AWS CLI. */
  readonly awsCli: string;
  readonly scratch: string;
  readonly onLine: (line: string) => void;
}

/** What ECS takes roles as. */
const SERVICE = 'ecs-tasks.amazonaws.com';

/** Starts a task as Fargate does: the container that fetches the code, and when that has ended well, the router. */
export async function startTask(task: TaskDefinition, world: TaskWorld): Promise<ServerProcess> {
  const id = randomUUID();
  const { iam, awsUrl, scratch, awsCli, onLine } = world;
  const [router, fetch] = inOrder(task.containerDefinitions);
  const folder = await mkdtemp(join(scratch, 'volume-'));
  const session = await iam.assume(task.taskRoleArn, SERVICE, id);
  const logging = await iam.assume(task.executionRoleArn, SERVICE, id);
  const credentials = await serveCredentials(session);
  const env = (container: Container) => ({
    ...given(awsUrl, credentials.url),
    ...Object.fromEntries(container.environment.map(({ name, value }) => [name, inside(container, folder, value)])),
  });
  const logs = (container: Container) => {
    const { 'awslogs-group': logGroupName = '', 'awslogs-stream-prefix': prefix } = container.logConfiguration.options;
    const place = { logGroupName, logStreamName: `${prefix}/${container.name}/${id}` };
    return writeLog({ url: awsUrl, session: logging }, place, 'started');
  };
  try {
    await logs(fetch);
    const words = fetch.command.map((word) => inside(fetch, folder, word));
    await promisify(execFile)(awsCli, ['-m', 'awscli', ...words], { env: { PATH: '/usr/bin:/bin', ...env(fetch) } });
    await logs(router);
    const [node, ...args] = router.command.map((word) => inside(router, folder, word));
    if (node !== 'node') throw new Error(`the router is started by ${node}`);
    // Two tasks have addresses of their own, and here one: each takes a port that is free.
    const process = await startServer({ args, cwd: folder, env: { ...env(router), PORT: '0' }, onLine });
    void process.exit.then(credentials.close);
    return process;
  } catch (error) {
    await credentials.close();
    throw error;
  }
}

/** The router, and what has to end before it may start. */
function inOrder(containers: readonly Container[]): [router: Container, fetch: Container] {
  const router = containers.find(({ essential }) => essential);
  const [first] = router?.dependsOn ?? [];
  const fetch = containers.find(({ name }) => name === first?.containerName);
  if (router === undefined || fetch === undefined || first?.condition !== 'SUCCESS') {
    throw new Error('the router does not wait for its code');
  }
  return [router, fetch];
}

/** The container's path of a volume, where that is on this machine. */
const inside = ({ mountPoints }: Container, folder: string, text: string): string =>
  mountPoints.reduce((path, { containerPath }) => path.replace(new RegExp(`^${containerPath}(?=/|$)`), folder), text);

/** What Fargate tells every container. */
const given = (awsUrl: string, credentialsUrl: string) => ({
  AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: `${credentialsUrl}/credentials`,
  AWS_ENDPOINT_URL: awsUrl,
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Keys of the task's role, as ECS's agent gives them to whoever asks in the task. */
function serveCredentials({ accessKeyId, secretAccessKey, sessionToken }: AwsSession): Promise<OpenServer> {
  const keys = {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(Date.now() + 3_600_000).toISOString(),
  };
  return openServer(createServer((_, response) => void response.end(JSON.stringify(keys))));
}
