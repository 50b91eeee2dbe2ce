import { deployedStack } from './incident/deployed-stack';
import { recordIncident, START } from './incident/run-incident';
import { replay, MINUTE_MS } from './cloudwatch/replay';
import { told } from './incident/told';
import { INCIDENTS } from './incidents';
void (async () => {
  const stack = deployedStack();
  console.error(stack.alarms.map((a) => a.name));
  for (const i of INCIDENTS.filter((x) => /quiet/.test(x.title))) {
    const t1 = performance.now(),
      c = process.cpuUsage();
    const store = await recordIncident(i, stack);
    const t2 = performance.now();
    const t = replay(stack.alarms, store, START + MINUTE_MS, START + i.minutes * MINUTE_MS);
    console.error(
      i.title,
      Math.round(t2 - t1),
      Math.round(performance.now() - t2),
      'cpu',
      Math.round(process.cpuUsage(c).user / 1000),
      told(t, i)
        .map((x) => `${x.severity} ${x.alarm} ${x.minutes}`)
        .join(', '),
    );
  }
})();
