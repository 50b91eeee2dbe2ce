import assert from 'node:assert/strict';
import type { Checks } from '../../checks';
import { describeAlarms } from '../alarms/read-cloudwatch';
import type { SetUp } from '../set-up';

/** One app id under two stack names, two gateways in a stack, and a stack in a Stage. */
const STACKS = ['Blue', 'Green', 'Pair', 'Prod-Service'];
/** Names of these are one's own within what they belong to, or are those of another resource. */
const NOT_IN_THE_ACCOUNT = /^AWS::(ApiGateway::(GatewayResponse|Stage|Account)|CDK::Metadata)$/;

/** Gateways side by side in one account and region. */
export async function checkNeighbours({ check }: Checks, stage: SetUp): Promise<void> {
  const { aws, neighbours } = stage;
  await check('stacks of one app, gateways of one stack and a stack in a Stage deploy side by side', async () => {
    await neighbours.deploy('Blue', ['**']);
    await neighbours.deploy('Green', ['Service']);
    const owners = new Map<string, string[]>();
    let alarms = 0;
    for (const StackName of STACKS) {
      const { StackResources = [] } = await aws.cloudFormation.describeStackResources({ StackName });
      assert.ok(StackResources.length > 50, StackName);
      for (const { ResourceType = '', PhysicalResourceId = '', LogicalResourceId } of StackResources) {
        if (/^AWS::CloudWatch::(Composite)?Alarm$/.test(ResourceType)) alarms += 1;
        if (NOT_IN_THE_ACCOUNT.test(ResourceType)) continue;
        const name = `${ResourceType} ${PhysicalResourceId}`;
        owners.set(name, [...(owners.get(name) ?? []), `${StackName} ${LogicalResourceId}`]);
      }
    }
    assert.deepEqual(
      [...owners].filter(([, those]) => those.length > 1),
      [],
    );
    const { MetricAlarms, CompositeAlarms } = await describeAlarms(aws);
    assert.equal(MetricAlarms.length + CompositeAlarms.length, alarms);
    await neighbours.destroy('Blue', ['**']);
    await neighbours.destroy('Green', ['Service']);
  });
}
