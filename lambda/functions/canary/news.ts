import { ENDPOINT_HOST, FINDINGS, type HealthEntry, type RouterEntry } from '../../../lib/contract';
import { healthScope } from '../../gateway/plan/plan-request';
import type { CheckResult } from './checks/check';

/**
 * What routers should know after a round. Nothing is down when every host is: then it is the canary that cannot get out, and
 * if it is not, there is no host to go to instead. `heldMs`: until the next check of the same model.
 */
export function newsOf(
  results: readonly CheckResult[],
  known: readonly RouterEntry[],
  heldMs: number,
): readonly HealthEntry[] {
  const overridden = new Set(known.filter(({ type }) => type === 'override').map(({ host }) => host));
  // What an operator does to a host on purpose is not to be undone.
  const named = results.filter(({ host }) => host !== ENDPOINT_HOST && !overridden.has(host));
  const someAnswer = results.some(({ host, outcome }) => host !== ENDPOINT_HOST && outcome === 'ok');
  return named.flatMap((result): HealthEntry[] => {
    const { host, outcome, at, elapsedMs } = result;
    const scope = scopeOf(result);
    const before = known.find(
      (entry) => entry.type === 'health' && entry.host === host && entry.scope === scope && entry.at < at,
    );
    const entry = { type: 'health', host, scope, at: at + elapsedMs, writer: 'canary' } as const;
    // That a host answers is news only where somebody holds it for down.
    if (outcome === 'ok') {
      if (before?.type !== 'health' || before.state !== 'down' || before.until <= entry.at) return [];
      return [{ ...entry, state: 'back', until: entry.at, reason: before.reason }];
    }
    if (!someAnswer || !FINDINGS[outcome].isDown) return [];
    return [{ ...entry, state: 'down', until: entry.at + heldMs, reason: result.reason ?? 'connection' }];
  });
}

const scopeOf = ({ model, shape }: CheckResult): string =>
  healthScope(model, shape === 'count-tokens' ? 'count_tokens' : 'messages');
