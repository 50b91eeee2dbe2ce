import assert from 'node:assert/strict';
import type { ShapesSetUp } from '../set-up';

/** Lambda alone is throttled and has a timeout of its own. */
const OF_LAMBDA = /\/(Throttles|Duration)$/;

/** What nobody may lose by a move, as the account gives it back. */
export async function readKept({ aws }: ShapesSetUp) {
  const { items: keys = [] } = await aws.apiGateway.getApiKeys({ includeValues: true });
  const { SecretList: secrets = [] } = await aws.secretsManager.listSecrets({});
  const values = await Promise.all(
    secrets.map(async ({ ARN: SecretId, Name = '' }) => [
      Name,
      (await aws.secretsManager.getSecretValue({ SecretId })).SecretString,
    ]),
  );
  const { MetricAlarms: alarms = [], CompositeAlarms: composites = [] } = await aws.cloudWatch.describeAlarms({});
  const { Subscriptions: subscriptions = [] } = await aws.sns.listSubscriptions({});
  return {
    keys: Object.fromEntries(
      keys
        // The new shapes' own, by which deployments ask.
        .filter(({ description = '' }) => !description.includes('deployment'))
        .map(({ id = '', value, description }) => [id, `${value} ${description}`])
        .sort(),
    ),
    secrets: Object.fromEntries(values),
    tables: (await aws.dynamoDb.listTables({})).TableNames ?? [],
    topics: ((await aws.sns.listTopics({})).Topics ?? []).map(({ TopicArn = '' }) => TopicArn).sort(),
    subscriptions: subscriptions.map(({ TopicArn, Endpoint }) => `${TopicArn} ${Endpoint}`).sort(),
    alarms: [...alarms, ...composites].map(({ AlarmName = '' }) => AlarmName),
  };
}
export type Kept = Awaited<ReturnType<typeof readKept>>;

/** Everything is there as before; alarms may be more. */
export function assertKept(before: Kept, after: Kept): void {
  const { alarms: had, ...rest } = before;
  const { alarms: has, ...others } = after;
  assert.ok(Object.keys(before.keys).length >= 4 && had.length > 10);
  assert.deepEqual(others, rest);
  assert.deepEqual(
    had.filter((name) => !has.includes(name) && !OF_LAMBDA.test(name)),
    [],
  );
}
