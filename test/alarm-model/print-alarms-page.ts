import { alarmsPage, type Replayed } from './alarms-page';
import { deployedStack } from './incident/deployed-stack';
import { runIncident } from './incident/run-incident';
import { told } from './incident/told';
import { INCIDENTS } from './incidents';

async function print(): Promise<void> {
  const stack = deployedStack();
  const replayed: Replayed[] = [];
  for (const incident of INCIDENTS) {
    const own = incident.stack === undefined ? stack : deployedStack(incident.stack);
    replayed.push({ incident, told: told(await runIncident(incident, own), incident) });
  }
  process.stdout.write(alarmsPage(stack, replayed));
}

void print();
