import assert from 'node:assert/strict';
import type { Checks } from '../../checks';
import { unusedRights } from '../iam/unused-rights';
import { runRule } from './schedule-checks';
import { readCanary, startCanary } from '../canary-rounds';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { refusals } from '../iam/outside';
import { keyOf } from '../question';
import type { SetUp } from '../set-up';
import { MODEL } from '../stack/test-config';

/** Rights that are there and that nothing asks for, each with its reason. */
const LEFT = [
  // The CDK's own `LambdaDeploymentGroup` lets CodeDeploy call versions of the hook as well.
  /PreTrafficHookFunction[^:]*:\*$/,
  // So does its API with each method: what `/{proxy+}` may call, `/` may call by that already.
  /RouterFunction[^:]*, statement \d: lambda:InvokeFunction \S+:live$/,
];

/** What the deployed policies allow, against everything that was asked for since the first deployment. */
export async function checkIam({ check }: Checks, stage: SetUp): Promise<void> {
  const { iam } = stage;
  await check('IAM: every call of every function, and of every service that acts for the stack, is allowed', () => {
    console.log(`        ${iam.ledger.length} different calls`);
    assert.deepEqual(
      iam.ledger.flatMap(({ refusal }) => refusal ?? []),
      [],
    );
  });

  for (const { what, attempt, error, text } of await refusals(stage)) {
    await check(`IAM: ${what} is refused, as AWS refuses it`, async () => {
      await assert.rejects(attempt, (thrown: Error) => {
        assert.equal(thrown.name, error);
        assert.match(thrown.message, text);
        return true;
      });
    });
  }

  await check('IAM: without any one of the rights that the policies give, something is refused', async () => {
    const unused = await unusedRights(await iam.account(), iam.ledger);
    assert.deepEqual(
      unused.filter((right) => !LEFT.some((known) => known.test(right))),
      [],
    );
    for (const known of LEFT)
      assert.ok(
        unused.some((right) => known.test(right)),
        `${String(known)} is used by now`,
      );
  });
}

const MINUTE_MS = 60_000;
/** In these, each host is asked in every form that is due often. */
const ROUNDS = 16;

/** What runs by the clock or is asked for seldom, on what is deployed now: a right that only it needs is one that is used. */
export async function exercise(stage: SetUp, gateway: DeployedGateway): Promise<void> {
  await runRule(stage, /KeyReminder/);
  await runRule(stage, /SpendWatch/);
  const canary = await startCanary(stage, await readCanary(stage), gateway.url);
  const start = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  try {
    for (let round = 0; round < ROUNDS; round += 1) await canary.round(new Date(start + round * MINUTE_MS));
  } finally {
    await canary.close();
  }
  const headers = {
    'x-api-key': keyOf(gateway, 'product'),
    'anthropic-version': '2023-06-01',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'Hello' }] });
  for (const only of ['bedrock-us-east-1', 'bedrock-us-west-2']) {
    const url = `${gateway.url}/v1/messages/count_tokens`;
    const counted = await fetch(url, { method: 'POST', headers: { ...headers, 'x-failover-only': only }, body });
    assert.equal(counted.status, 200, await counted.text());
  }
  assert.equal((await fetch(`${gateway.url}/`, { headers })).status, 404);
}
