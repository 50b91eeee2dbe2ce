import type { Checks } from '../../checks';
import assert from 'node:assert/strict';
import { assertReal } from '../checks/deploy-checks';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { unusedRights } from '../iam/unused-rights';
import type { SetUp } from '../set-up';
import { createCdk, type Deployment } from '../stack/cdk';
import { QUEUE_STACK } from '../stack/test-config';
import { checkBatches } from './batch-checks';
import { checkCache } from './cache-checks';
import { checkQueue } from './queue-checks';

/** What is deployed: a gateway whose clients need not wait for their answers. */
export interface WaitingStack {
  readonly gateway: DeployedGateway;
  /** CloudFormation's name for a resource, by the beginning of its logical id and its type. */
  physical(name: RegExp, type: string): string;
}

/** A stack with what its clients need not wait for, requests and batches: deployed, and driven in the router's role. */
export async function checkWaiting(checks: Checks, stage: SetUp): Promise<void> {
  const { aws, chain, emulator, iam, scratch } = stage;
  const cdk = createCdk(emulator, scratch, iam.forget, QUEUE_STACK, 'queue-app');
  let deployment: Deployment | undefined;
  await checks.check('what can wait: cdk deploy makes buckets, queues, a table, schedules and workers', async () => {
    deployment = await cdk.deploy(chain.first);
    await assertReal(stage, deployment);
  });
  if (deployment === undefined) return;
  await stage.storeKeys();
  const gateway = await stage.run(deployment, { poolSize: 2 });
  const { StackResources = [] } = await aws.cloudFormation.describeStackResources({ StackName: QUEUE_STACK });
  const physical = (name: RegExp, type: string): string =>
    StackResources.find(
      ({ LogicalResourceId = '', ResourceType }) => ResourceType === type && name.test(LogicalResourceId),
    )?.PhysicalResourceId ?? '';
  try {
    await checkQueue(checks, stage, { gateway, physical });
    await checkCache(checks, stage, gateway);
    await checkBatches(checks, stage, { gateway, physical });
    await checks.check('what can wait: every call is allowed, and no right is unused', async () => {
      assert.deepEqual(
        iam.ledger.flatMap(({ refusal, access }) =>
          refusal?.includes(QUEUE_STACK) && WAITING.test(access.action) ? [refusal] : [],
        ),
        [],
      );
      const unused = await unusedRights(await iam.account(), iam.ledger);
      assert.deepEqual(
        unused.filter((right) => right.includes(QUEUE_STACK) && WAITING.test(right)),
        [],
      );
    });
  } finally {
    await gateway.close();
  }
}

/** What requests and batches that wait ask AWS for. */
const WAITING = /(^|: .*\b)(s3|sqs|scheduler|iam|dynamodb):/;
