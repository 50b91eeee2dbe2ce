import { HOSTILE_CLIENTS } from './catalogue/hostile-clients';
import { OUTAGES } from './catalogue/outages';
import { figuresOf } from './figures';
import type { Figures } from './figure-names';
import type { Target } from './incident';
import { mergedFigures } from './merged-figures';
import { POLICIES, type PolicyName } from './policies';
import type { Policy } from './policies/policy';
import { runHostile } from './run-hostile';
import { runTraffic } from './run-traffic';

/** A line of the table: an incident, or all hostile clients one after the other. */
export interface IncidentRow {
  readonly id: string;
  readonly title: string;
  readonly targets: readonly Target[];
}

export interface RowResult {
  readonly figures: Figures;
  /** Requests of others that one kind of hostile client has changed. */
  readonly changedBy?: Readonly<Record<string, number>>;
}

const HOSTILE: IncidentRow = {
  id: 'hostile',
  title: 'one hostile client among 50, its requests eight at a time',
  targets: [
    { figure: 'changed', atMost: 0 },
    { figure: 'failed', atMost: 0 },
  ],
};

export const ROWS: readonly IncidentRow[] = [...OUTAGES, HOSTILE];

export async function runRow(id: string, name: PolicyName, minutes: number): Promise<RowResult> {
  const policy = POLICIES[name];
  if (id === HOSTILE.id) return runAllHostile(policy, minutes / HOSTILE_CLIENTS.length);
  const incident = OUTAGES.find((each) => each.id === id);
  if (incident === undefined)
    throw new Error(`"${id}" is no incident; there are ${ROWS.map((row) => row.id).join(', ')}`);
  const traffic = { policy, minutes, incident };
  return { figures: figuresOf(await runTraffic(traffic), traffic) };
}

async function runAllHostile(policy: Policy, minutes: number): Promise<RowResult> {
  const figures: Figures[] = [];
  const changedBy: Record<string, number> = {};
  for (const hostility of HOSTILE_CLIENTS) {
    const { records, traffic, changed } = await runHostile(hostility, policy, minutes);
    figures.push({ ...figuresOf(records, traffic), changed });
    changedBy[hostility.id] = changed;
  }
  return { figures: mergedFigures(figures), changedBy };
}
