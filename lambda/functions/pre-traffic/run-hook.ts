import type { HookEvent, HookStatus } from '../hooks/report-hook';
import type { Judgement } from './judge-host';
import { judgeHosts, type Probing } from './judge-hosts';

export interface HookDeps extends Omit<Probing, 'log'> {
  report(event: HookEvent, status: HookStatus): Promise<void>;
  log(line: Judgement & { readonly deployment: string }): void;
}

/** Every host is asked, also after one has failed, so that one deployment shows everything there is to repair. */
export async function runHook(event: HookEvent, { report, log, ...deps }: HookDeps): Promise<HookStatus> {
  const deployment = event.DeploymentId;
  const judgements = await judgeHosts({ ...deps, log: (judgement) => log({ ...judgement, deployment }) });
  const status = judgements.some(({ level }) => level === 'ERROR') ? 'Failed' : 'Succeeded';
  if (status === 'Failed') {
    const message = 'The new version serves worse than the one before, so it takes no traffic';
    log({ level: 'ERROR', message, deployment });
  }
  // Also of a failure: what CodeDeploy is not told keeps the deployment waiting.
  await report(event, status);
  return status;
}
