import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmsPage, type Replayed } from './alarms-page';
import { deployedStack, type DeployedStack } from './incident/deployed-stack';
import { runIncident } from './incident/run-incident';
import { told } from './incident/told';
import { INCIDENTS } from './incidents';

const ROOT = join(__dirname, '../..');
const PAGE = 'docs/alarms.md';

let stack: DeployedStack;
const replayed: Replayed[] = [];
// A weekend has 2,880 rounds of the canary.
jest.setTimeout(300_000);
beforeAll(() => void (stack = deployedStack()));

/** Alarm-model tests: the deployed alarms over the metrics of the real router, not over CloudWatch. */
test.each(INCIDENTS.map((incident) => [incident.title, incident] as const))(
  '%s: the expected alarms tell in time, and no other',
  async (_, incident) => {
    const own = incident.stack === undefined ? stack : deployedStack(incident.stack);
    const seen = told(await runIncident(incident, own), incident);
    replayed.push({ incident, told: seen });
    expect(seen.map(({ severity, alarm }) => `${severity} ${alarm}`).sort()).toEqual(
      incident.expected.map(({ severity, alarm }) => `${severity} ${alarm}`).sort(),
    );
    for (const { alarm, minutes } of seen) {
      const { within } = incident.expected.find((expected) => expected.alarm === alarm)!;
      expect({ alarm, late: minutes > within, early: minutes < 1 }).toEqual({
        alarm,
        late: false,
        early: within === 0,
      });
    }
  },
);

test('docs/alarms.md shows these replays; after a change: npm run docs:alarms', () => {
  const prettier = join(ROOT, 'node_modules/prettier/bin/prettier.cjs');
  const input = alarmsPage(stack, replayed);
  const made = execFileSync(process.execPath, [prettier, '--stdin-filepath', PAGE], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
  });
  expect(readFileSync(join(ROOT, PAGE), 'utf8')).toBe(made);
});
