import assert from 'node:assert/strict';
import { ENV } from '../../../../lib/contract';
import { clearTable } from '../../gateway/start-deployed-gateway';
import type { Deployment } from '../../stack/cdk';
import { resourcesOf } from '../../stack/cdk';
import type { DrivenShape } from '../checks/shape-checks';
import type { ServerProcess } from '../server-process';
import type { ShapesSetUp } from '../set-up';
import { startBalancer, type Balancer, type TargetGroup } from './balancer';
import { readService, type TaskDefinition } from './deployed-service';
import { startTask, type TaskWorld } from './task';

/** The deployed service: as many tasks as always run, and the load balancer in front. */
export interface RunningService extends DrivenShape {
  readonly balancer: Balancer;
  /** Puts a new task in the place of each, one after the other; exit codes of the old ones. */
  roll(): Promise<readonly (number | null)[]>;
  close(): Promise<void>;
}

export async function runService(stage: ShapesSetUp, deployment: Deployment, awsCli: string): Promise<RunningService> {
  const { aws, awsUrl, emulator, iam, scratch, onLine } = stage;
  const { task, minTasks } = await readService(aws, emulator.url, deployment.stackName);
  assert.ok(minTasks >= 2, `${minTasks} tasks always run`);
  const world: TaskWorld = { awsUrl, iam, awsCli, scratch, onLine };
  const [group] = resourcesOf(deployment, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const balancer = await startBalancer(group?.Properties as unknown as TargetGroup);
  let tasks: ServerProcess[] = [];
  const add = async (): Promise<void> => {
    const made = await startTask(task, world);
    tasks.push(made);
    await balancer.register(made);
  };
  const healthTable = variableOf(task, ENV.HEALTH_TABLE);
  await Promise.all(Array.from({ length: minTasks }, add));
  const replaceAll = async (leave: (old: ServerProcess) => Promise<number | null>) => {
    const old = tasks;
    tasks = [];
    const codes: (number | null)[] = [];
    for (const one of old) {
      await add();
      codes.push(await leave(one));
    }
    return codes;
  };
  const recycle = async (): Promise<void> => {
    const old = tasks;
    tasks = [];
    await Promise.all(old.map((one) => balancer.deregister(one).then(one.kill)));
    await Promise.all(old.map(add));
  };
  return {
    name: 'fargate',
    url: balancer.url,
    healthTable,
    balancer,
    recycle,
    async forget() {
      await clearTable(aws, healthTable);
      await recycle();
    },
    // Not when the last answer is out, as ECS does, but at once, as when Spot takes a task away.
    roll: () => replaceAll((one) => Promise.all([balancer.deregister(one), one.stop()]).then(([, code]) => code)),
    async close() {
      await balancer.close();
      await Promise.all(tasks.map((one) => one.kill()));
    },
  };
}

const variableOf = ({ containerDefinitions }: TaskDefinition, name: string): string =>
  containerDefinitions.flatMap(({ environment }) => environment).find((variable) => variable.name === name)?.value ??
  '';
