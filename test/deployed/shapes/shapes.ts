import { createChecks } from '../../checks';
import { assertAllowed } from '../checks/deployer-checks';
import { assertNothingLeft, assertReal } from '../checks/deploy-checks';
import { typescriptClient } from '../clients/typescript-client';
import { checkRolling } from './checks/fargate-checks';
import { askRarely, checkShapeIam } from './checks/iam-checks';
import { assertKept, readKept } from './checks/move-checks';
import { checkShape } from './checks/shape-checks';
import { checkRollout, drivenWebFunction } from './checks/web-function-checks';
import { requestCertificate } from './fargate/certificate';
import { runService } from './fargate/running-service';
import { installAwsCli } from '../tools';
import { setUpShapes, type ShapesSetUp } from './set-up';

const DOMAIN_NAME = 'claude.example.com';
const DEPLOYER = 'deployer-policy.json';
const checks = createChecks();
const { check } = checks;

async function run(stage: ShapesSetUp): Promise<void> {
  const { cdk, chain, emulator } = stage;
  await cdk.deploy(chain.first);
  await stage.storeKeys();
  const before = await readKept(stage);

  await check(
    'a stack moves from lambda to webFunction: keys, secrets, table, topics and names of alarms stay',
    async () => {
      await assertReal(stage, await cdk.deploy(chain.first, 'webFunction'));
      assertKept(before, await readKept(stage));
    },
  );
  const webFunction = drivenWebFunction(stage);
  await checkShape(checks, stage, webFunction, typescriptClient);
  await askRarely(stage, webFunction);
  await checkRollout(checks, stage);
  await checkShapeIam(checks, stage, webFunction.name);
  await check('webFunction: the policies for deployers allow all that was called', () =>
    assertAllowed(emulator.calls(), [DEPLOYER, 'deployer-policy-web-function.json']),
  );

  const certificateArn = await requestCertificate(emulator, DOMAIN_NAME);
  const shape = { kind: 'fargate', domainName: DOMAIN_NAME, certificateArn } as const;
  const deployment = await cdk.deploy(chain.first, shape);
  await check('it moves on to fargate: the same stay', async () => {
    await assertReal(stage, deployment);
    assertKept(before, await readKept(stage));
  });
  await stage.storeKeys();
  const fargate = await runService(stage, deployment, await installAwsCli());
  try {
    await checkShape(checks, stage, fargate, typescriptClient);
    await askRarely(stage, fargate);
    await checkRolling(checks, stage, fargate);
  } finally {
    await fargate.close();
  }
  await checkShapeIam(checks, stage, fargate.name);

  await check('cdk destroy leaves nothing', async () => {
    await cdk.destroy(chain.first, shape);
    await assertNothingLeft(stage);
  });
  await check('fargate: the policies for deployers allow all that was called, with the move from webFunction', () =>
    assertAllowed(emulator.calls(), [DEPLOYER, 'deployer-policy-web-function.json', 'deployer-policy-fargate.json']),
  );
}

void checks.runToItsEnd('three shapes run to their end', setUpShapes, run);
