import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../../local/hosts';
import { MINUTE_MS } from '../../alarm-model/cloudwatch/replay';
import { readCanary, startCanary } from '../canary-rounds';
import type { SdkOutcome } from '../clients/client';
import { typescriptClient } from '../clients/typescript-client';
import { putEmf } from '../emf';
import { readLog } from '../load/log-lines';
import { askAs, keyOf } from '../question';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';
import type { DeployedHostName } from '../stack/test-config';

export type Faults = Readonly<Partial<Record<DeployedHostName, Fault>>>;

/** Times are those of the metrics, whose minutes are much shorter here. */
export interface PlayedMinutes {
  readonly began: number;
  readonly ended: number;
  /** What the clients got. */
  readonly outcomes: readonly SdkOutcome[];
}

/** The canary and clients of the gateway, minute by minute, whose metrics go to CloudWatch. */
export interface Story {
  readonly start: number;
  /** Goes on where the last one ended, with these hosts broken and all others sound. */
  play(faults: Faults, minutes: number): Promise<PlayedMinutes>;
  close(): Promise<void>;
}

/** Enough for the alarms that look at shares of requests. */
const REQUESTS_A_MINUTE = 5;
const LOG_PATIENCE_MS = 5000;

export async function startStory(stage: SetUp, deployment: Deployment, start: number): Promise<Story> {
  const { aws, chain } = stage;
  await stage.storeKeys();
  const lines: string[] = [];
  // One process: when it answers the next request, it has logged the last one.
  const gateway = await stage.run(deployment, { poolSize: 1, onLine: (line) => lines.push(line) });
  const canary = await startCanary(stage, await readCanary(stage), gateway.url);
  const ask = askAs(typescriptClient, gateway, keyOf(gateway, 'product'));
  let now = start;

  /** A client has its answer before the line about it is written. */
  const logged = async (requests: number): Promise<void> => {
    const patience = Date.now() + LOG_PATIENCE_MS;
    while (readLog(lines).requests.length < requests && Date.now() < patience) await sleep(20);
  };
  const minute = async (): Promise<SdkOutcome[]> => {
    const due = new Date(now);
    await canary.round(due);
    const outcomes: SdkOutcome[] = [];
    while (outcomes.length < REQUESTS_A_MINUTE) outcomes.push(await ask());
    await logged(REQUESTS_A_MINUTE);
    await putEmf(aws, lines.splice(0), due);
    now += MINUTE_MS;
    return outcomes;
  };

  return {
    start,
    async play(faults, minutes) {
      const began = now;
      await chain.heal();
      // The router would wait for minutes of its own clock until it asks a host again.
      await gateway.forget();
      for (const [host, fault] of Object.entries(faults)) await chain.host(host as DeployedHostName).setFault(fault);
      const outcomes: SdkOutcome[] = [];
      while (now < began + minutes * MINUTE_MS) outcomes.push(...(await minute()));
      return { began, ended: now, outcomes };
    },
    async close() {
      await chain.heal();
      await canary.close();
      await gateway.close();
    },
  };
}
