import assert from 'node:assert/strict';
import { CANARY_CLIENT, CANARY_METRICS, DIMENSIONS, ENDPOINT_HOST, ENV, HEALTH_KINDS } from '../../../lib/contract';
import type { Checks } from '../../checks';
import { readCanary, startCanary } from '../canary-rounds';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { keyOf } from '../question';
import type { SetUp } from '../set-up';
import { resourcesOf, type Deployment } from '../stack/cdk';

const MINUTE_MS = 60_000;
/** In these, the endpoint is due as well. */
const ROUNDS = 5;

/** The canary as its schedule runs it, against hosts and an endpoint of which some are broken. */
export async function checkCanary({ check }: Checks, stage: SetUp, deployment: Deployment, gateway: DeployedGateway) {
  const { aws, chain } = stage;
  const names = Object.keys(chain.first) as (keyof typeof chain.first)[];
  await chain.heal();
  await stage.storeKeys();
  await gateway.forget();

  const scheduled = await readCanary(stage);
  const { schedules, schedule, target, fn, settings } = scheduled;

  await check('the schedule calls the canary every minute, and the canary knows the endpoint and its key', () => {
    const [wanted] = resourcesOf(deployment, 'AWS::Scheduler::Schedule');
    assert.equal(schedules, 1);
    assert.equal(schedule.ScheduleExpression, wanted?.Properties?.['ScheduleExpression']);
    assert.equal(schedule.State, 'ENABLED');
    assert.ok(target.RoleArn);
    assert.equal(
      settings.endpoint?.url,
      Object.values(deployment.outputs).find((value) => /execute-api/.test(value)),
    );
    const key = gateway.api.keys.find(({ id }) => id === settings.endpoint?.apiKeyId);
    assert.equal(key?.value, keyOf(gateway, CANARY_CLIENT));
  });

  const start = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 30 * MINUTE_MS;

  await check(
    'the canary, run on the input of its schedule, asks every host, and the endpoint with its key',
    async () => {
      const before = names.map((name) => chain.host(name).requests.length);
      const canary = await startCanary(stage, scheduled, gateway.url);
      const lines: string[] = [];
      try {
        for (let round = 0; round < ROUNDS; round += 1) {
          lines.push(...(await canary.round(new Date(start + round * MINUTE_MS))));
        }
      } finally {
        await canary.close();
      }
      names.forEach((name, at) => assert.ok(chain.host(name).requests.length >= (before[at] ?? 0) + ROUNDS, name));
      const { Items = [] } = await aws.dynamoDb.scan({ TableName: fn.environment[ENV.HEALTH_TABLE] });
      const results = Items.filter(({ kind, type }) => kind?.S === HEALTH_KINDS.canary && type?.S === 'result');
      for (const host of [...names, ENDPOINT_HOST]) {
        const outcomes = results.filter((item) => item['host']?.S === host).map(({ outcome }) => outcome?.S);
        assert.ok(
          outcomes.length > 0 && outcomes.every((outcome) => outcome === 'ok'),
          `${host}: ${outcomes.join()}\n${lines.join('\n')}`,
        );
      }
    },
  );

  await check('the metrics of its rounds are in CloudWatch, under the names that the alarms watch', async () => {
    const service = { Name: DIMENSIONS.service, Value: fn.environment[ENV.SERVICE] };
    const sum = async (MetricName: string, dimensions: object[] = []) => {
      const { Datapoints = [] } = await aws.cloudWatch.getMetricStatistics({
        Namespace: 'ClaudeFailover',
        MetricName,
        Dimensions: [service, ...(dimensions as { Name: string; Value: string }[])],
        StartTime: new Date(start),
        EndTime: new Date(start + ROUNDS * MINUTE_MS),
        Period: 60,
        Statistics: ['Sum'],
      });
      return Datapoints.map(({ Sum }) => Sum);
    };
    assert.deepEqual(
      await sum(CANARY_METRICS.runs),
      Array.from({ length: ROUNDS }, () => 1),
    );
    for (const host of names) {
      const failures = await sum(CANARY_METRICS.hostFailures, [{ Name: DIMENSIONS.host, Value: host }]);
      assert.deepEqual(
        failures,
        Array.from({ length: ROUNDS }, () => 0),
        host,
      );
    }
  });
}
