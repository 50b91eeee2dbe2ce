import type { Probe } from '../../../lib/contract';
import { probeHost, type InvokeRouter } from './probe-host';

/** What CodeDeploy sends. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}
export type HookStatus = 'Succeeded' | 'Failed';

export interface HookDeps {
  readonly probes: readonly Probe[];
  readonly invoke: InvokeRouter;
  report(event: HookEvent, status: HookStatus): Promise<void>;
  log(line: { readonly level: 'INFO' | 'ERROR'; readonly message: string; readonly deployment: string }): void;
}

/** Every host is asked, also after one has failed, so that one deployment shows everything there is to repair. */
export async function runHook(event: HookEvent, { probes, invoke, report, log }: HookDeps): Promise<HookStatus> {
  const deployment = event.DeploymentId;
  let status: HookStatus = 'Succeeded';
  for (const probe of probes) {
    const problem = await probeHost(probe, invoke);
    if (problem === undefined) {
      log({ level: 'INFO', message: `host ${probe.host}: answers`, deployment });
    } else {
      status = 'Failed';
      log({ level: 'ERROR', message: problem, deployment });
    }
  }
  if (status === 'Failed') {
    log({ level: 'ERROR', message: 'The new version cannot fail over, so it takes no traffic', deployment });
  }
  // Also of a failure: what CodeDeploy is not told keeps the deployment waiting.
  await report(event, status);
  return status;
}
