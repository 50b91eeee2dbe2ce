import assert from 'node:assert/strict';
import { PRE_TRAFFIC_ENV } from '../../../lib/contract';
import type { Checks } from '../../checks';
import { mayRunHook } from '../iam/aws-acts';
import { readFunction } from '../runtime/deployed-function';
import { startDeploymentService } from '../runtime/deployment-service';
import type { SetUp } from '../set-up';
import { resourcesOf, type Deployment } from '../stack/cdk';

/** CodeDeploy's hook of the deployment, which asks every host through the version that is about to take traffic. */
export async function checkHook(
  { check }: Checks,
  stage: SetUp,
  deployment: Deployment,
  version: string,
): Promise<void> {
  const { chain } = stage;

  await check(
    'the pre-traffic hook lets a new version through when every host answers through it, and else does not',
    async () => {
      const hook = await findHook(stage, deployment);
      const arn = hook.environment[PRE_TRAFFIC_ENV.ROUTER_VERSION] ?? '';
      assert.equal(arn.split(':').at(-1), version, 'the hook asks another version than the new one');
      const probes = JSON.parse(hook.environment[PRE_TRAFFIC_ENV.PROBES] ?? '') as { host: string }[];
      const names = [...new Set(probes.map(({ host }) => host))];
      assert.deepEqual(names, Object.keys(chain.grown));

      const router = await stage.start(arn);
      const service = await startDeploymentService(router);
      const run = async (id: string): Promise<unknown> => {
        await mayRunHook(stage.iam, hook.arn);
        const event = { DeploymentId: id, LifecycleEventHookExecutionId: `hook-${id}` };
        const { result, lines } = await stage.invoke(hook.arn, event, {
          services: { lambda: service.url, codedeploy: service.url },
        });
        assert.equal(
          lines.filter((line) => /host [\w-]+: answers/.test(line)).length,
          result === 'Succeeded' ? names.length : names.length - 1,
        );
        return result;
      };
      try {
        const asked = () => names.map((name) => chain.host(name as keyof typeof chain.grown).requests.length);
        const before = asked();
        assert.equal(await run('d-sound'), 'Succeeded');
        assert.deepEqual(
          asked().map((count, at) => count - (before[at] ?? 0)),
          names.map(() => 1),
        );
        await chain.host('bedrock-us-west-2').setFault({ kind: 'model-not-enabled' });
        assert.equal(await run('d-broken'), 'Failed');
        assert.deepEqual(service.verdicts, [
          { deploymentId: 'd-sound', lifecycleEventHookExecutionId: 'hook-d-sound', status: 'Succeeded' },
          { deploymentId: 'd-broken', lifecycleEventHookExecutionId: 'hook-d-broken', status: 'Failed' },
        ]);
      } finally {
        await chain.heal();
        await service.close();
      }
    },
  );
}

/** The one function that is told of a version of the router. */
async function findHook({ aws, tools, scratch }: SetUp, deployment: Deployment) {
  const { Functions = [] } = await aws.lambda.listFunctions({});
  assert.equal(Functions.length, resourcesOf(deployment, 'AWS::Lambda::Function').length);
  const hook = Functions.find(({ Environment }) => Environment?.Variables?.[PRE_TRAFFIC_ENV.ROUTER_VERSION]);
  assert.ok(hook?.FunctionArn, 'there is no hook');
  return readFunction(aws, tools.python, hook.FunctionArn, scratch);
}
