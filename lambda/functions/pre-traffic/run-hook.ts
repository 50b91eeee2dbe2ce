import type { Probe } from '../../../lib/contract';
import { probeHost, type InvokeRouter } from './probe-host';

/** What CodeDeploy sends. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}
export type Verdict = 'Succeeded' | 'Failed';

export interface HookDeps {
  readonly probes: readonly Probe[];
  readonly invoke: InvokeRouter;
  report(event: HookEvent, verdict: Verdict): Promise<void>;
  log(line: { readonly level: 'INFO' | 'ERROR'; readonly message: string; readonly deployment: string }): void;
}

/** Every host is asked, also after one has failed, so that one deployment shows everything there is to repair. */
export async function runHook(event: HookEvent, { probes, invoke, report, log }: HookDeps): Promise<Verdict> {
  const deployment = event.DeploymentId;
  let verdict: Verdict = 'Succeeded';
  for (const probe of probes) {
    const problem = await probeHost(probe, invoke);
    if (problem === undefined) {
      log({ level: 'INFO', message: `host ${probe.host}: answers`, deployment });
    } else {
      verdict = 'Failed';
      log({ level: 'ERROR', message: problem, deployment });
    }
  }
  if (verdict === 'Failed') {
    log({ level: 'ERROR', message: 'The new version cannot fail over, so it takes no traffic', deployment });
  }
  await report(event, verdict);
  return verdict;
}
