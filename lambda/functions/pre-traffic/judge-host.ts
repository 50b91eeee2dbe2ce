import type { Finding, Probe } from '../../../lib/contract';
import { type InvokeRouter, probeHost } from './probe-host';

/** The two versions of the router. */
export interface Versions {
  /** The one that is about to take traffic. */
  readonly next: InvokeRouter;
  /** The one that has it. */
  readonly live: InvokeRouter;
}

/** What is to be said of a host. An ERROR keeps the new version from traffic. */
export interface Judgement {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  readonly message: string;
  readonly finding?: Finding;
}

const BEFORE = {
  down: 'It does not answer through the version that has the traffic either',
  unasked: 'The version that has the traffic does not know it',
  silent: 'The version that has the traffic does not answer at all',
} as const;

/**
 * The new version must be no worse than the one before: an outage of a host must not keep back the very change that is to help
 * against it. The one before is asked first, because both share what they know of hosts: a fault of the new version, such as a wrong
 * key, would make the other one skip the host too. And where only the new one fails, it is asked again, since hosts flap.
 */
export async function judgeHost(probe: Probe, { next, live }: Versions): Promise<Judgement> {
  const subject = `host ${probe.host}`;
  const before = await probeHost(probe, live);
  const now = await probeHost(probe, next);
  if (now.kind === 'sound') return { level: 'INFO', message: `${subject}: answers` };
  if (now.kind !== 'down') return { level: 'ERROR', message: `${subject}: ${OWN_FAULT[now.kind]}: ${now.text}` };
  if (before.kind !== 'sound') {
    const { text, finding } = now;
    return {
      level: 'WARN',
      message: `${subject}: ${text}. ${BEFORE[before.kind]}, so the deployment goes on`,
      finding,
    };
  }
  const again = await probeHost(probe, next);
  if (again.kind === 'sound') return { level: 'INFO', message: `${subject}: answers, when asked again` };
  const message = `${subject}: ${now.text}. It answers through the version that has the traffic`;
  return { level: 'ERROR', message, finding: now.finding };
}

const OWN_FAULT = {
  unasked: 'the new version does not ask it',
  silent: 'the new version could not be asked',
} as const;
