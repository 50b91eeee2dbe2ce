import assert from 'node:assert/strict';
import { priceOf } from '../../../lib/catalog/prices';
import type { Checks } from '../../checks';
import { keyOf } from '../question';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';
import { MODEL, type DeployedHostName } from '../stack/test-config';
import { runLoad, type LoadReport } from './run-load';

/** Requests at a time: more would wait for each other's processor rather than for a host. */
const PROCESSES = 12;
const DURATION_MS = 45_000;
/** Every second request of the sample. */
const STEP = 2;

/** An hour of real requests in less than a minute, with an outage of the primary. */
export async function checkLoad({ check }: Checks, stage: SetUp, deployment: Deployment): Promise<void> {
  await check('a load of real shape loses no request in an outage, and is counted once by everybody', async () => {
    const { problems, played, outage, hosts } = await loadDeployed(stage, deployment);
    assert.deepEqual(problems, []);
    const primary = hosts[0]?.name;
    const before = played.filter(({ end }) => end < outage.from);
    assert.deepEqual(new Set(before.map(({ host }) => host)), new Set([primary]));
    const during = played.filter(({ start, end }) => start > outage.from && end < outage.until);
    assert.ok(during.length > 0 && during.every(({ host }) => host !== primary));
  });
}

export async function loadDeployed(stage: SetUp, deployment: Deployment): Promise<LoadReport> {
  const lines: string[] = [];
  const gateway = await stage.run(deployment, { poolSize: PROCESSES, onLine: (line) => lines.push(line) });
  try {
    await stage.storeKeys();
    await gateway.forget();
    const names = Object.keys(stage.chain.first) as DeployedHostName[];
    return await runLoad(
      {
        url: gateway.url,
        key: keyOf(gateway, 'product'),
        model: MODEL,
        hosts: names.map((name) => ({ simulated: stage.chain.host(name), surcharge: surchargeOf(name) })),
        log: () => lines,
      },
      { durationMs: DURATION_MS, step: STEP, processes: PROCESSES },
    );
  } finally {
    await gateway.close();
  }
}

/** The only host of the chain whose requests stay in a geography. */
function surchargeOf(name: DeployedHostName): number {
  return name === 'bedrock-us-west-2' ? (priceOf(MODEL)?.regional ?? NaN) : 1;
}
