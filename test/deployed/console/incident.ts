import { setTimeout as sleep } from 'node:timers/promises';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { typescriptClient } from '../clients/typescript-client';
import { putEmf } from '../emf';
import { readLog } from '../load/log-lines';
import { askAs, keyOf } from '../question';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';

const SOUND = 3;
const RESCUED = 4;
const PATIENCE_MS = 5000;

/** A gateway whose first host is overloaded since a moment ago, with metrics, lines and an alarm as AWS would have them. */
export interface Incident {
  readonly gateway: DeployedGateway;
  readonly lines: readonly string[];
  readonly alarm: string;
  readonly ask: ReturnType<typeof askAs>;
  close(): Promise<void>;
}

export async function startIncident(stage: SetUp, deployment: Deployment): Promise<Incident> {
  const { aws, chain } = stage;
  await chain.heal();
  await stage.storeKeys();
  const lines: string[] = [];
  const gateway = await stage.run(deployment, { poolSize: 1, onLine: (line) => lines.push(line) });
  await gateway.forget();
  const ask = askAs(typescriptClient, gateway, keyOf(gateway, 'product'));
  for (let asked = 0; asked < SOUND; asked += 1) await ask();
  await chain.host('anthropic').setFault({ kind: 'overloaded' });
  for (let asked = 0; asked < RESCUED; asked += 1) await ask();
  // A client has its answer before the line about it is written.
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(20)) {
    if (readLog(lines).requests.length >= SOUND + RESCUED) break;
  }
  // By the minute that has ended.
  await putEmf(aws, lines, new Date(Date.now() - 60_000));
  return { gateway, lines, alarm: await raise(stage), ask, close: () => ended(stage, gateway) };
}

/** CloudWatch would have it on after some minutes of this. */
async function raise({ aws: { cloudWatch } }: SetUp): Promise<string> {
  const { MetricAlarms = [] } = await cloudWatch.describeAlarms({ MaxRecords: 100 });
  const AlarmName = MetricAlarms.find((alarm) => alarm.AlarmName?.endsWith('/PrimaryUnavailable'))?.AlarmName ?? '';
  await cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: 'the first host is overloaded' });
  return AlarmName;
}

async function ended({ aws: { cloudWatch }, chain }: SetUp, gateway: DeployedGateway): Promise<void> {
  const { MetricAlarms = [] } = await cloudWatch.describeAlarms({ StateValue: 'ALARM' });
  for (const { AlarmName } of MetricAlarms)
    await cloudWatch.setAlarmState({ AlarmName, StateValue: 'OK', StateReason: 'it is over' });
  await gateway.forget();
  await chain.heal();
  await gateway.close();
}
