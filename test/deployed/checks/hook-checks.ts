import assert from 'node:assert/strict';
import { ENV, PRE_TRAFFIC_ENV } from '../../../lib/contract';
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
    'the pre-traffic hook lets a new version through that is no worse than the one before, and no other',
    async () => {
      const hook = await findHook(stage, deployment);
      const next = hook.environment[PRE_TRAFFIC_ENV.ROUTER_VERSION] ?? '';
      const alias = hook.environment[PRE_TRAFFIC_ENV.ROUTER_ALIAS] ?? '';
      assert.equal(next.split(':').at(-1), version, 'the hook asks another version than the new one');
      assert.equal(alias, next.replace(/:\d+$/, ':live'));
      const probes = JSON.parse(hook.environment[PRE_TRAFFIC_ENV.PROBES] ?? '') as { host: string }[];
      const names = [...new Set(probes.map(({ host }) => host))];
      assert.deepEqual(names, Object.keys(chain.grown));

      const run = async (id: string, environment?: Readonly<Record<string, string>>) => {
        // The emulator has moved the alias already; at CodeDeploy it is the version before until the hook has spoken.
        const before = next.replace(/:\d+$/, `:${Number(version) - 1}`);
        const service = await startDeploymentService(
          new Map([
            [next, await stage.start(next, { environment })],
            [alias, await stage.start(before)],
          ]),
        );
        try {
          const event = { DeploymentId: id, LifecycleEventHookExecutionId: `hook-${id}` };
          await mayRunHook(stage.iam, hook.arn);
          const services = { lambda: service.url, codedeploy: service.url };
          const { result, lines } = await stage.invoke(hook.arn, event, { services });
          assert.deepEqual(service.verdicts, [
            { deploymentId: id, lifecycleEventHookExecutionId: `hook-${id}`, status: result },
          ]);
          return { result, answering: lines.filter((line) => /host [\w-]+: answers/.test(line)).length, lines };
        } finally {
          await service.close();
        }
      };
      try {
        const asked = () => names.map((name) => chain.host(name as keyof typeof chain.grown).requests.length);
        const before = asked();
        const sound = await run('d-sound');
        assert.deepEqual([sound.result, sound.answering], ['Succeeded', names.length]);
        assert.deepEqual(
          asked().map((count, at) => count - (before[at] ?? 0)),
          // By both versions, as far as they have the host.
          names.map((name) => (name in chain.first ? 2 : 1)),
        );
        const broken = await run('d-broken', { [ENV.CONFIG]: '{}' });
        assert.deepEqual([broken.result, broken.answering], ['Failed', 0]);
        await chain.host('bedrock-us-west-2').setFault({ kind: 'model-not-enabled' });
        const outage = await run('d-outage');
        assert.deepEqual([outage.result, outage.answering], ['Succeeded', names.length - 1]);
        assert.match(outage.lines.join('\n'), /"WARN".*host bedrock-us-west-2: .*"not-enabled"/);
      } finally {
        await chain.heal();
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
