import assert from 'node:assert/strict';
import type { Checks } from '../../../checks';
import { unusedRights } from '../../iam/unused-rights';
import { MODEL } from '../../stack/test-config';
import type { ShapesSetUp } from '../set-up';
import type { DrivenShape } from './shape-checks';

/** What a shape has of its own. The rest is the same in all, and looked at where the first one is deployed. */
const OWN = /Router|Rollout|KeyDigests|S3ObjectCopy|TaskExecution/;
/** Rights that are there and that nothing asks for, each with its reason. */
const LEFT = [
  // By AWS's pages Lambda keeps what a region has served itself in a log of its own beside the function's; the stand-in does not.
  /GatewayRouterRoleDefaultPolicy[^:]*, statement \d: logs:/,
  // The CDK's own copy of an asset may do more than it does.
  /S3ObjectCopy/,
];

/** Everything that was asked for since the first deployment, against the policies as they are now. */
export async function checkShapeIam({ check }: Checks, { iam }: ShapesSetUp, name: string): Promise<void> {
  await check(`${name}: IAM: every call is allowed, and no right of its own is unused`, async () => {
    assert.deepEqual(
      iam.ledger.flatMap(({ refusal }) => refusal ?? []),
      [],
    );
    const unused = await unusedRights(await iam.account(), iam.ledger);
    assert.deepEqual(
      unused.filter((right) => OWN.test(right) && !LEFT.some((known) => known.test(right))),
      [],
    );
  });
}

/** What clients seldom ask for: a right that only it needs is one that is used. */
export async function askRarely({ keyOf }: Pick<ShapesSetUp, 'keyOf'>, { url }: DrivenShape): Promise<void> {
  const headers = {
    'x-api-key': await keyOf('product'),
    'anthropic-version': '2023-06-01',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'Hello' }] });
  for (const only of ['bedrock-us-east-1', 'bedrock-us-west-2']) {
    const path = '/v1/messages/count_tokens';
    const counted = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, 'x-failover-only': only },
      body,
    });
    assert.equal(counted.status, 200, await counted.text());
  }
}
