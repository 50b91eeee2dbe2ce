import { headlineOf } from '../../console/view/headline';
import { deployedStack, type DeployedStack } from '../alarm-model/incident/deployed-stack';
import { CULPRITS } from './culprits';
import { incidentNow } from './incident-now';

let stack: DeployedStack;
jest.setTimeout(120_000);
beforeAll(() => void (stack = deployedStack()));

/** The console over the real router and canary while an incident of docs/alarms.md happens to them. */
test.each(CULPRITS.map((culprit) => [culprit.incident.title, culprit] as const))(
  '%s: the first screen says so, and what to do',
  async (_, { incident, minute, level, words, remedy }) => {
    const own = incident.stack === undefined ? stack : deployedStack(incident.stack);
    const headline = headlineOf(await incidentNow(incident, own, minute));
    expect(headline.level).toBe(level);
    for (const each of words) expect(headline.text).toContain(each);
    if (remedy !== undefined) expect(headline.remedy).toContain(remedy);
  },
);
