import assert from 'node:assert/strict';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { ENV } from '../../../lib/contract';
import type { Checks } from '../../checks';
import { typescriptClient } from '../clients/typescript-client';
import { assertReal } from './deploy-checks';
import { checkIam, exercise } from './iam-checks';
import { checkHook } from './hook-checks';
import { askAs, keyOf } from '../question';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';

/** The second deployment, and the third. */
export async function checkUpdate(checks: Checks, stage: SetUp): Promise<void> {
  const { check } = checks;
  const { aws, cdk, chain } = stage;

  await check('a second cdk deploy of the same changes nothing', async () => {
    const deployment = await cdk.deploy(chain.first);
    assert.match(deployment.said, /no changes/);
    await assertReal(stage, deployment);
  });

  let grown: Deployment | undefined;
  await check(
    'one host more is a new version of the router, which answers from it, and the old one is kept',
    async () => {
      grown = await cdk.deploy(chain.grown);
      await assertReal(stage, grown);
      await stage.storeKeys();
      const gateway = await stage.run(grown, { poolSize: 1 });
      try {
        const ask = askAs(typescriptClient, gateway, keyOf(gateway, 'product'));
        const { text, headers } = await ask({ headers: { 'x-failover-only': 'foundry' } });
        assert.equal(headers['x-failover-trace'], 'foundry:ok');
        assert.ok(text.length > 0);
        const router = [...gateway.pools.values()].find(({ fn }) => fn.environment[ENV.CONFIG])?.fn;
        assert.equal(router?.version, '2');
        const old = await aws.lambda.getFunctionConfiguration({ FunctionName: router.name, Qualifier: '1' });
        const config = parseConfig(old.Environment?.Variables?.[ENV.CONFIG] ?? '');
        assert.deepEqual(
          config.hosts.map(({ name }) => name),
          Object.keys(chain.first),
        );
        await exercise(stage, gateway);
      } finally {
        await gateway.close();
      }
    },
  );
  if (!grown) return;
  await checkHook(checks, stage, grown, '2');
  await checkIam(checks, stage);
}
