import { told } from '../incident/told';
import { deployedPair, type DeployedPair, PAIR_REGIONS } from './deployed-pair';
import { PAIR_INCIDENTS } from './pair-incidents';
import { runPair } from './run-pair';

let pair: DeployedPair;
jest.setTimeout(300_000);
beforeAll(() => void (pair = deployedPair()));

/** Alarm-model tests, as of one region: two CloudWatches that the canaries of the other one can ask. */
test.each(PAIR_INCIDENTS.map((incident) => [incident.title, incident] as const))(
  '%s: one region tells, in time, and the other does not tell the same again',
  async (_, incident) => {
    const timelines = await runPair(incident, pair);
    const seen = PAIR_REGIONS.flatMap((region) =>
      told(timelines[region], incident).map((each) => ({ region, ...each })),
    );
    const named = ({ region, severity, alarm }: { region: string; severity: string; alarm: string }): string =>
      `${region} ${severity} ${alarm}`;
    expect(seen.map(named).sort()).toEqual(incident.expected.map(named).sort());
    for (const each of seen) {
      const { within } = incident.expected.find((expected) => named(expected) === named(each))!;
      expect([named(each), each.minutes <= within && each.minutes >= 1]).toEqual([named(each), true]);
    }
  },
);
