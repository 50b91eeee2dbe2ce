import type { Probe } from '../../../lib/contract';
import type { HookEvent, HookStatus } from '../hooks/report-hook';
import { type Judgement, judgeHost, type Versions } from './judge-host';
import { LONGEST_PROBE_MS } from './probe-event';

export interface HookDeps extends Versions {
  readonly probes: readonly Probe[];
  /** Until Lambda ends the hook. */
  timeLeftMs(): number;
  report(event: HookEvent, status: HookStatus): Promise<void>;
  log(line: Judgement & { readonly deployment: string }): void;
}

/** As many invocations as a router with little reserved concurrency can spare beside its traffic. */
const AT_ONCE = 3;
/** A host takes three probes at the most, and CodeDeploy has to be told. */
const LONGEST_HOST_MS = 3 * LONGEST_PROBE_MS + 10_000;

/** Every host is asked, also after one has failed, so that one deployment shows everything there is to repair. */
export async function runHook(event: HookEvent, { probes, report, log, ...deps }: HookDeps): Promise<HookStatus> {
  const deployment = event.DeploymentId;
  const judgements: Judgement[] = [];
  const waiting = [...probes];
  const judge = async (): Promise<void> => {
    for (let probe = waiting.shift(); probe; probe = waiting.shift()) {
      const judgement = deps.timeLeftMs() < LONGEST_HOST_MS ? noTime(probe) : await judgeHost(probe, deps);
      judgements.push(judgement);
      log({ ...judgement, deployment });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, judge));
  const status = judgements.some(({ level }) => level === 'ERROR') ? 'Failed' : 'Succeeded';
  if (status === 'Failed') {
    const message = 'The new version serves worse than the one before, so it takes no traffic';
    log({ level: 'ERROR', message, deployment });
  }
  // Also of a failure: what CodeDeploy is not told keeps the deployment waiting.
  await report(event, status);
  return status;
}

/** So many hosts hang that there is no time for this one: an outage, and no fault of the new version. */
const noTime = ({ host }: Probe): Judgement => ({
  level: 'WARN',
  message: `host ${host}: not asked, since the others took all the time there is`,
});
