import { ENDPOINT_HOST, FINDINGS, type HealthEntry, REGION_HOST, type RouterEntry } from '../../../lib/contract';
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

/**
 * Whether clients should come to this region at all: not where no host answers from here, since there is another region to go to. Where that
 * finds the same, Route 53 sends clients as if both were well.
 */
export function newsOfRegion(
  results: readonly CheckResult[],
  known: readonly RouterEntry[],
  heldMs: number,
): readonly HealthEntry[] {
  const hosts = results.filter(({ host }) => host !== ENDPOINT_HOST);
  if (hosts.length === 0) return [];
  const at = Math.max(...hosts.map((result) => result.at + result.elapsedMs));
  const entry = { type: 'health', host: REGION_HOST, scope: 'region', at, writer: 'canary' } as const;
  if (hosts.every(({ outcome }) => outcome !== 'ok' && FINDINGS[outcome].isDown)) {
    return [{ ...entry, state: 'down', until: at + heldMs, reason: hosts[0]!.reason ?? 'connection' }];
  }
  const before = known.find(({ type, host }) => type === 'health' && host === REGION_HOST);
  const isHeld = before?.type === 'health' && before.state === 'down' && before.until > at;
  return isHeld ? [{ ...entry, state: 'back', until: at, reason: before.reason }] : [];
}

const scopeOf = ({ model, shape }: CheckResult): string =>
  healthScope(model, shape === 'count-tokens' ? 'count_tokens' : 'messages');
