import type { CanaryStore } from '../../../lambda/functions/canary/canary-store';
import { FINDINGS, type CanaryResult, type Finding } from '../../../lib/contract';
import { ok, problem, type Diagnosis } from '../diagnosis';

const FRESH_MS = 5 * 60_000;

/** That the canary runs, and what it found last of each host. */
export async function canary(store: CanaryStore, now: number): Promise<Diagnosis[]> {
  const results = await store.results();
  const newest = Math.max(...results.map(({ at }) => at));
  if (results.length === 0 || now - newest > FRESH_MS) {
    const since = results.length === 0 ? 'has never reported' : `last reported at ${new Date(newest).toISOString()}`;
    return [
      problem('canary', since, 'Look at the errors of its function and at its schedule; the runbook has a heading'),
    ];
  }
  const fresh = ok('canary', `last round ${Math.round((now - newest) / 1000)} s ago`);
  return [fresh, ...results.filter(({ outcome }) => outcome !== 'ok').map(broken)];
}

function broken({ host, model, shape, outcome, at }: CanaryResult): Diagnosis {
  const remedy = Object.hasOwn(FINDINGS, outcome) ? FINDINGS[outcome as Finding].remedy : 'See its log line';
  return problem(`host ${host}`, `${model}, ${shape}: ${outcome} at ${new Date(at).toISOString()}`, remedy);
}
