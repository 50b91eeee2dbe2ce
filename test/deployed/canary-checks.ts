import assert from 'node:assert/strict';
import { json } from 'node:stream/consumers';
import {
  CANARY_CLIENT,
  CANARY_ENV,
  CANARY_METRICS,
  DIMENSIONS,
  ENDPOINT_HOST,
  ENV,
  HEALTH_KINDS,
} from '../../lib/contract';
import type { CanarySettings } from '../../lib/contract';
import type { Checks } from '../checks';
import { putEmf } from './emf';
import type { DeployedGateway } from './gateway/start-deployed-gateway';
import { keyOf } from './question';
import { readFunction } from './runtime/deployed-function';
import type { SetUp } from './set-up';
import { resourcesOf, type Deployment } from './stack/cdk';

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

  const { Schedules = [] } = await aws.scheduler.listSchedules({});
  const { Target, ...schedule } = await aws.scheduler.getSchedule({ Name: Schedules[0]?.Name });
  const fn = await readFunction(aws, stage.tools.python, Target?.Arn ?? '', stage.scratch);
  const settings = JSON.parse(fn.environment[CANARY_ENV.SETTINGS] ?? '{}') as CanarySettings;

  await check('the schedule calls the canary every minute, and the canary knows the endpoint and its key', () => {
    const [wanted] = resourcesOf(deployment, 'AWS::Scheduler::Schedule');
    assert.equal(Schedules.length, 1);
    assert.equal(schedule.ScheduleExpression, wanted?.Properties?.['ScheduleExpression']);
    assert.equal(schedule.State, 'ENABLED');
    assert.ok(Target?.RoleArn);
    assert.equal(
      settings.endpoint?.url,
      Object.values(deployment.outputs).find((value) => /execute-api/.test(value)),
    );
    const key = gateway.api.keys.find(({ id }) => id === settings.endpoint?.apiKeyId);
    assert.equal(key?.value, keyOf(gateway, CANARY_CLIENT));
  });

  /** So many rounds, one a minute from then on, whose metrics are put at their minutes. */
  const run = async (from: number, rounds: number): Promise<readonly string[]> => {
    const lines: string[] = [];
    // The one thing that is not as deployed: the name of API Gateway's endpoint leads nowhere here.
    const here = { ...settings, endpoint: { ...settings.endpoint, url: gateway.url } };
    const canary = await stage.start(fn.arn, {
      onLine: (line) => lines.push(line),
      environment: { [CANARY_ENV.SETTINGS]: JSON.stringify(here) },
    });
    try {
      for (let round = 0; round < rounds; round += 1) {
        const due = new Date(from + round * MINUTE_MS);
        const input = (Target?.Input ?? '').replace('<aws.scheduler.scheduled-time>', due.toISOString());
        const before = lines.length;
        await json(await canary.invoke(JSON.parse(input) as object));
        await putEmf(aws, lines.slice(before), due);
      }
    } finally {
      await canary.close();
    }
    return lines;
  };
  const start = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 30 * MINUTE_MS;

  await check(
    'the canary, run on the input of its schedule, asks every host, and the endpoint with its key',
    async () => {
      const before = names.map((name) => chain.host(name).requests.length);
      const lines = await run(start, ROUNDS);
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
