import { examine, type WallFinding } from './checks';
import type { WallClock } from '../quick-clock';
import { observe, type Observed } from '../run-case';
import type { SubjectTarget } from '../subjects/subject';
import type { WallCheck, WallCase } from '../cases/wall-case';
import type { WallWorld } from '../world';

/**
 * As failoverbench defines them. pass: what a perfect gateway gives, every check clean. partial: the same, with an advisory
 * check missed or a refusal routed around. safe: no answer, but a clean error in time. fail: the rest.
 */
export type CaseVerdict = 'pass' | 'partial' | 'safe' | 'fail' | 'n/a';

export interface CaseResult {
  readonly id: string;
  readonly source: string;
  readonly fault: string;
  readonly verdict: CaseVerdict;
  readonly reason: string;
  readonly client?: { readonly outcome: string; readonly status: number | undefined; readonly seconds: number };
  /** What each host saw: when, how many bytes it gave, and whether it was stopped. */
  readonly hosts?: readonly {
    readonly wire: string;
    readonly requests: readonly { readonly atS: number; readonly bytes: number; readonly stopped: boolean }[];
  }[];
  readonly checks?: readonly (WallFinding & { readonly check: string; readonly advisory: boolean })[];
}

export function notApplicable({ id, source, fault }: WallCase, reason: string): CaseResult {
  return { id, source, fault, verdict: 'n/a', reason };
}

export async function runCase(world: WallWorld, target: SubjectTarget, clock: WallClock): Promise<CaseResult> {
  const observed = await observe(world, target, clock);
  const checks: (WallFinding & { readonly check: string; readonly advisory: boolean })[] = [];
  // `alive` heals the hosts and asks again: it must not disturb what the others count.
  for (const check of observed.case.checks.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))) {
    checks.push({ check: check.check, advisory: check.advisory === true, ...(await examine(check, observed)) });
  }
  const { id, source, fault, chain } = observed.case;
  const begun = Math.min(...chain.flatMap((_, at) => world.calls(at).map(({ when }) => when)));
  return {
    id,
    source,
    fault,
    ...verdictOf(observed, checks),
    client: {
      outcome: observed.outcome,
      status: observed.seen.status,
      seconds: observed.seen.elapsedMs / 1000,
    },
    hosts: chain.map((wire, at) => ({
      wire,
      requests: world.calls(at).map(({ when, sent, aborted }) => ({
        atS: ((when - begun) * clock.speed) / 1000,
        bytes: sent,
        stopped: aborted,
      })),
    })),
    checks,
  };
}

const isLast = ({ check }: WallCheck) => check === 'alive';

function verdictOf(
  { outcome, why, case: { ideal = 'answer' } }: Observed,
  checks: NonNullable<CaseResult['checks']>,
): Pick<CaseResult, 'verdict' | 'reason'> {
  const missed = (advisory: boolean) =>
    checks
      .filter((check) => check.ok === false && check.advisory === advisory)
      .map(({ check, detail }) => `${check} (${detail})`)
      .join(', ');
  if (outcome === 'hang' || (outcome === 'truncated' && ideal === 'answer')) return { verdict: 'fail', reason: why };
  if (missed(false) !== '') return { verdict: 'fail', reason: `${missed(false)}; ${why}` };
  if (outcome !== 'left' && ideal === 'error' && outcome !== 'error') {
    return { verdict: outcome === 'answer' ? 'partial' : 'fail', reason: `${why}, where an error is due` };
  }
  if (ideal === 'answer' && outcome === 'error') return { verdict: 'safe', reason: why };
  return missed(true) === '' ? { verdict: 'pass', reason: why } : { verdict: 'partial', reason: missed(true) };
}
