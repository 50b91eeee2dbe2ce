import type { Timeline } from '../cloudwatch/replay';
import type { Incident } from './incident';
import { MINUTE_MS } from '../cloudwatch/replay';
import { START } from './run-incident';
import { ownName, severityOf, type Severity } from './severity';

/** The first time an alarm told somebody of trouble. */
export interface Told {
  readonly alarm: string;
  readonly severity: Severity;
  /** Since the trouble began, begun ones counted; below 1 for a false alarm before it. */
  readonly minutes: number;
}

export function told({ notifications }: Timeline, { begins = 0 }: Pick<Incident, 'begins'>): Told[] {
  const first = new Map<string, Told>();
  for (const { at, alarm, state, topic, heldBy } of notifications) {
    if (state !== 'ALARM' || heldBy !== undefined) continue;
    const severity = severityOf(topic);
    const key = `${severity} ${alarm}`;
    if (first.has(key)) continue;
    first.set(key, { alarm: ownName(alarm), severity, minutes: Math.ceil((at - START) / MINUTE_MS - begins) });
  }
  return [...first.values()];
}
