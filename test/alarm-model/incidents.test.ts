import { deployedStack, type DeployedStack } from './incident/deployed-stack';
import { runIncident } from './incident/run-incident';
import { told } from './incident/told';
import { INCIDENTS } from './incidents';

let stack: DeployedStack;
beforeAll(() => void (stack = deployedStack()), 60_000);

/** Alarm-model tests: the deployed alarms over the metrics of the real router, not over CloudWatch. */
test.each(INCIDENTS.map((incident) => [incident.title, incident] as const))(
  '%s: the expected alarms tell in time, and no other',
  async (_, incident) => {
    const seen = told(await runIncident(incident, stack), incident);
    expect(seen.map(({ severity, alarm }) => `${severity} ${alarm}`).sort()).toEqual(
      incident.expected.map(({ severity, alarm }) => `${severity} ${alarm}`).sort(),
    );
    for (const { alarm, minutes } of seen) {
      const { within } = incident.expected.find((expected) => expected.alarm === alarm)!;
      expect({ alarm, late: minutes > within, early: minutes < 0 }).toEqual({ alarm, late: false, early: false });
    }
  },
  60_000,
);
