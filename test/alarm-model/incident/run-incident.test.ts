import { METRICS, METRICS_NAMESPACE, DIMENSIONS } from '../../../lib/contract';
import { deployedStack, type DeployedStack } from './deployed-stack';
import type { Incident } from './incident';
import { MINUTE_MS, recordIncident, START } from './run-incident';

let stack: DeployedStack;
beforeAll(() => void (stack = deployedStack()), 60_000);

const TEN_MINUTES: Incident = {
  title: 'ten minutes',
  story: '',
  minutes: 10,
  traffic: [{ from: 0, perMinute: { stream: 6 } }],
  expected: [],
};

/** Sums by minute of what the routers printed. */
async function minutes(incident: Incident, name: string, host?: string): Promise<number[]> {
  const store = await recordIncident(incident, stack);
  const dimensions = { [DIMENSIONS.service]: stack.service, ...(host !== undefined && { [DIMENSIONS.host]: host }) };
  return Array.from({ length: incident.minutes }, (_, minute) => {
    const from = START + minute * MINUTE_MS;
    const values = store.values({ namespace: METRICS_NAMESPACE, name, dimensions }, from, from + MINUTE_MS);
    return values.reduce((sum, value) => sum + value, 0);
  });
}

test('requests arrive and are answered in their minute of virtual time', async () => {
  expect(await minutes(TEN_MINUTES, METRICS.requests)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 6, 6]);
  expect(await minutes(TEN_MINUTES, METRICS.hostAttempts, 'anthropic')).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 6, 6]);
});

test('a fault strikes the host and the minutes it is meant for, and the next host answers', async () => {
  const incident: Incident = {
    ...TEN_MINUTES,
    faults: [{ hosts: ['anthropic'], from: 3, to: 6, fault: { kind: 'model-not-enabled' } }],
  };
  const failures = await minutes(incident, METRICS.hostFailures, 'anthropic');
  expect(failures.slice(0, 3)).toEqual([0, 0, 0]);
  expect(failures[3]).toBeGreaterThan(0);
  expect((await minutes(incident, METRICS.failovers)).slice(0, 6)).toEqual([0, 0, 0, 6, 6, 6]);
  expect(await minutes(incident, METRICS.exhausted)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('a host takes no more than its quota in a minute', async () => {
  const incident: Incident = { ...TEN_MINUTES, quotas: { anthropic: 4 } };
  const attempts = await minutes(incident, METRICS.hostAttempts, 'anthropic');
  const failures = await minutes(incident, METRICS.hostFailures, 'anthropic');
  for (const [minute, failed] of failures.entries()) expect(attempts[minute]! - failed).toBeLessThanOrEqual(4);
});

test('an incident is the same every time it is replayed', async () => {
  const incident: Incident = {
    ...TEN_MINUTES,
    faults: [{ hosts: ['anthropic', 'bedrock-us-east-1'], from: 2, to: 8, fault: { kind: 'overloaded', rate: 0.5 } }],
  };
  for (const name of [METRICS.attempts, METRICS.duration]) {
    expect(await minutes(incident, name)).toEqual(await minutes(incident, name));
  }
});

test('an incident about a host that is not deployed is refused', async () => {
  await expect(recordIncident({ ...TEN_MINUTES, quotas: { nowhere: 1 } }, stack)).rejects.toThrow(
    'there is no host nowhere; there are anthropic, bedrock-us-east-1',
  );
});
