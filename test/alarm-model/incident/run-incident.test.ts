import { METRICS, METRICS_NAMESPACE, DIMENSIONS } from '../../../lib/contract';
import { deployedStack, type DeployedStack } from './deployed-stack';
import type { Incident } from './incident';
import { MINUTE_MS } from '../cloudwatch/replay';
import { recordIncident, START } from './run-incident';

let stack: DeployedStack;
jest.setTimeout(60_000);
beforeAll(() => void (stack = deployedStack()));

/** Without the canary, whose requests would be among the clients'. */
const TEN_MINUTES: Incident = {
  title: 'ten minutes',
  story: '',
  minutes: 10,
  canaryStops: 0,
  traffic: [{ from: 0, perMinute: { stream: 6 } }],
  expected: [],
};

/** By minute, the values that the routers printed. */
async function minutes(incident: Incident, name: string, host?: string): Promise<(readonly number[])[]> {
  const store = await recordIncident(incident, stack);
  const dimensions = { [DIMENSIONS.service]: stack.service, ...(host !== undefined && { [DIMENSIONS.host]: host }) };
  return Array.from({ length: incident.minutes }, (_, minute) => {
    const from = START + minute * MINUTE_MS;
    return store.values({ namespace: METRICS_NAMESPACE, name, dimensions }, from, from + MINUTE_MS);
  });
}
const counts = (values: (readonly number[])[]): number[] => values.map(({ length }) => length);
const sums = (values: (readonly number[])[]): number[] =>
  values.map((minute) => minute.reduce((sum, value) => sum + value, 0));

test('requests arrive and are answered in their minute of virtual time', async () => {
  const sixes = [6, 6, 6, 6, 6, 6, 6, 6, 6, 6];
  expect(sums(await minutes(TEN_MINUTES, METRICS.requests))).toEqual(sixes);
  expect(counts(await minutes(TEN_MINUTES, METRICS.hostFailures, 'anthropic'))).toEqual(sixes);
});

test('a fault strikes the host and the minutes it is meant for, and the next host answers', async () => {
  const incident: Incident = {
    ...TEN_MINUTES,
    faults: [{ hosts: ['anthropic'], from: 3, to: 6, fault: { kind: 'model-not-enabled' } }],
  };
  const failures = sums(await minutes(incident, METRICS.hostFailures, 'anthropic'));
  expect(failures.slice(0, 3)).toEqual([0, 0, 0]);
  expect(failures[3]).toBeGreaterThan(0);
  expect(sums(await minutes(incident, METRICS.failovers)).slice(0, 6)).toEqual([0, 0, 0, 6, 6, 6]);
  expect(sums(await minutes(incident, METRICS.exhausted))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('a host takes no more than its quota in a minute', async () => {
  const incident: Incident = { ...TEN_MINUTES, quotas: { anthropic: 4 } };
  const outcomes = await minutes(incident, METRICS.hostFailures, 'anthropic');
  const taken = outcomes.map((minute) => minute.filter((failed) => failed === 0).length);
  expect(Math.max(...taken)).toBe(4);
});

test('an incident is the same every time it is replayed', async () => {
  const incident: Incident = {
    ...TEN_MINUTES,
    faults: [{ hosts: ['anthropic', 'bedrock-us-east-1'], from: 2, to: 8, fault: { kind: 'overloaded', rate: 0.5 } }],
  };
  for (const name of [METRICS.failovers, METRICS.duration]) {
    expect(await minutes(incident, name)).toEqual(await minutes(incident, name));
  }
});

test('an incident about a host that is not deployed is refused', async () => {
  await expect(recordIncident({ ...TEN_MINUTES, quotas: { nowhere: 1 } }, stack)).rejects.toThrow(
    'there is no host nowhere; there are anthropic, bedrock-us-east-1',
  );
});
