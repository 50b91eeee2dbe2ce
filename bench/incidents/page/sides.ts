import asBefore from '../as-before.json';
import type { Figures } from '../figure-names';
import type { PolicyName } from '../policies';
import type { IncidentResults } from '../run-rows';

/** Who is measured: a policy of this version or of an earlier one. */
export interface Side {
  readonly name: string;
  readonly results: IncidentResults;
  readonly policy: PolicyName;
}

/** The release before the engine asked whose fault a failure is. */
export const AS_BEFORE: IncidentResults = asBefore;

export function sidesOf(results: IncidentResults): readonly Side[] {
  return [
    { name: '`serve`', results, policy: 'serve' },
    { name: 'Lambda', results, policy: 'lambda' },
    { name: 'Web Function', results, policy: 'webFunction' },
    { name: 'Fargate', results, policy: 'fargate' },
    { name: '`serve`, as before', results: AS_BEFORE, policy: 'serve' },
    { name: 'Lambda, as before', results: AS_BEFORE, policy: 'lambda' },
    { name: 'naive', results, policy: 'naive' },
  ];
}

export const figuresOn = ({ results, policy }: Side, id: string): Figures | undefined =>
  results.rows[id]?.[policy]?.figures;
