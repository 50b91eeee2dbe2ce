import assert from 'node:assert/strict';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';

/** A deployment to an emulator may look well and be none: what the CLI says is not taken for it. */
export async function assertReal(
  { aws, emulator }: SetUp,
  { stackName, outputs, template }: Deployment,
): Promise<void> {
  assert.deepEqual(emulator.complaints(), []);
  assert.ok(Object.keys(outputs).length > 0, 'the stack has no outputs');
  for (const [name, value] of Object.entries(outputs)) assert.doesNotMatch(value, /None|undefined|\$\{/, name);
  const { StackResources = [] } = await aws.cloudFormation.describeStackResources({ StackName: stackName });
  const made = StackResources.filter(({ PhysicalResourceId }) => PhysicalResourceId);
  assert.deepEqual(
    Object.fromEntries(made.map(({ LogicalResourceId, ResourceType }) => [LogicalResourceId, ResourceType]).sort()),
    Object.fromEntries(
      Object.entries(template.Resources)
        .map(([id, { Type }]) => [id, Type])
        .sort(),
    ),
  );
}

/** What a destroyed stack may not leave: all that costs, answers or holds a secret. */
export async function assertNothingLeft({ aws, emulator }: SetUp): Promise<void> {
  assert.deepEqual(emulator.complaints(), []);
  const left = {
    apis: (await aws.apiGateway.getRestApis({})).items,
    keys: (await aws.apiGateway.getApiKeys({})).items,
    plans: (await aws.apiGateway.getUsagePlans({})).items,
    functions: (await aws.lambda.listFunctions({})).Functions,
    alarms: (await aws.cloudWatch.describeAlarms({})).MetricAlarms,
    composites: (await aws.cloudWatch.describeAlarms({})).CompositeAlarms,
    dashboards: (await aws.cloudWatch.listDashboards({})).DashboardEntries,
    schedules: (await aws.scheduler.listSchedules({})).Schedules,
    secrets: (await aws.secretsManager.listSecrets({})).SecretList,
    tables: (await aws.dynamoDb.listTables({})).TableNames,
    topics: (await aws.sns.listTopics({})).Topics,
    subscriptions: (await aws.sns.listSubscriptions({})).Subscriptions,
    stacks: (await aws.cloudFormation.describeStacks({})).Stacks,
  };
  for (const [what, those] of Object.entries(left)) assert.deepEqual(those ?? [], [], what);
}
