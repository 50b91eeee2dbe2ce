import type { Timeline } from '../cloudwatch/replay';
import type { Incident } from './incident';
import { MINUTE_MS, START } from './run-incident';

/** The first time an alarm told somebody of trouble. */
export interface Told {
  /** Without the path of the gateway. */
  readonly alarm: string;
  readonly severity: 'page' | 'notice';
  /** Since the trouble began; negative for a false alarm before it. */
  readonly minutes: number;
}

export function told({ notifications }: Timeline, { begins = 0 }: Pick<Incident, 'begins'>): Told[] {
  const first = new Map<string, Told>();
  for (const { at, alarm, state, topic, heldBy } of notifications) {
    if (state !== 'ALARM' || heldBy !== undefined) continue;
    const name = alarm.split('/').at(-1)!;
    const severity = /PageTopic/.test(topic) ? 'page' : 'notice';
    const key = `${severity} ${name}`;
    if (!first.has(key)) first.set(key, { alarm: name, severity, minutes: (at - START) / MINUTE_MS - begins });
  }
  return [...first.values()];
}
