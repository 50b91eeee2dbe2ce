import { errorText } from '../../runtime/error-text';
import type { HookEvent, HookStatus } from '../hooks/report-hook';

export interface BakeDeps {
  readonly minutes: number;
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Names of the alarms that page now. */
  paging(): Promise<readonly string[]>;
  report(event: HookEvent, status: HookStatus): Promise<void>;
  log(line: object): void;
}

const BETWEEN_MS = 20_000;

/** Waits while nobody is paged. Who is, or cannot be asked for at the end, has the deployment taken back. */
export async function runBake(
  event: HookEvent,
  { minutes, now, sleep, paging, report, log }: BakeDeps,
): Promise<HookStatus> {
  const deployment = event.DeploymentId;
  const until = now() + minutes * 60_000;
  let status: HookStatus | undefined;
  while (status === undefined) {
    const isOver = now() >= until;
    try {
      const alarms = await paging();
      if (alarms.length > 0) {
        log({ level: 'ERROR', message: 'alarms page, so the new version is taken back', alarms, deployment });
        status = 'Failed';
      } else if (isOver) status = 'Succeeded';
    } catch (error) {
      log({ level: 'WARN', message: 'the alarms could not be looked at', problem: errorText(error), deployment });
      if (isOver) status = 'Failed';
    }
    if (status === undefined) await sleep(Math.min(BETWEEN_MS, Math.max(0, until - now())));
  }
  await report(event, status);
  return status;
}
