import { createChecks } from '../checks';
import { checkAlarms } from './checks/alarm-checks';
import { checkAudit } from './audit/audit-checks';
import { checkCanary } from './checks/canary-checks';
import { checkConsole } from './console/console-checks';
import { startPythonClient } from './clients/python-client';
import { typescriptClient } from './clients/typescript-client';
import { checkDeployer } from './checks/deployer-checks';
import { assertNothingLeft, assertReal } from './checks/deploy-checks';
import { checkConcurrency, checkDrive } from './checks/drive-checks';
import { checkLimits } from './checks/limit-checks';
import { checkLoad } from './load/load-checks';
import { checkNeighbours } from './checks/neighbour-checks';
import { checkOpenAi } from './checks/openai-checks';
import { checkReadBack } from './checks/read-back-checks';
import { checkRelease } from './checks/release-checks';
import { checkSchedules } from './checks/schedule-checks';
import { keyOf } from './question';
import { setUp, type SetUp } from './set-up';
import { checkWaiting } from './waiting/waiting-checks';
import { checkTemplate } from './checks/template-checks';
import { checkUpdate } from './checks/update-checks';

const POOL_SIZE = 4;
const checks = createChecks();
const { check } = checks;

async function run(stage: SetUp): Promise<void> {
  const { cdk, chain, tools } = stage;
  const deployment = await cdk.deploy(chain.first);
  await check('cdk deploy makes every resource of the template', () => assertReal(stage, deployment));
  await checkTemplate(checks, deployment);
  await checkSchedules(checks, stage, deployment);

  const gateway = await stage.run(deployment, { poolSize: POOL_SIZE });
  const python = await startPythonClient(tools.python);
  try {
    await checkReadBack(checks, stage, deployment, gateway);
    for (const client of [typescriptClient, python]) {
      await checkDrive(checks, stage, gateway, client, keyOf(gateway, 'product'));
      await checkLimits(checks, stage, deployment, gateway, client);
    }
    await checkOpenAi(checks, stage, gateway);
    await checkCanary(checks, stage, deployment, gateway);
    await checkConcurrency(checks, gateway, typescriptClient);
  } finally {
    await python.close();
    await gateway.close();
  }
  await checkConsole(checks, stage, deployment);
  await checkLoad(checks, stage, deployment);
  await checkAlarms(checks, stage, deployment);
  await checkUpdate(checks, stage);

  await check('cdk destroy leaves nothing', async () => {
    await cdk.destroy(chain.grown);
    await assertNothingLeft(stage);
  });

  await checkDeployer(checks, stage);
  await checkRelease(checks, stage);
  await cdk.destroy(chain.first);
  await checkNeighbours(checks, stage);
  await checkWaiting(checks, stage);
  await checkAudit(checks, stage);
}

void checks.runToItsEnd('the whole chain runs to its end', () => setUp(), run);
