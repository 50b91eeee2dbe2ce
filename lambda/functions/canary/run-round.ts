import { ENDPOINT_HOST, type OverrideEntry, type RouterEntry } from '../../../lib/contract';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Clock } from '../../engine/time/clock';
import type { HealthStore } from '../../gateway/state/health-store';
import type { CanaryStore } from './canary-store';
import { type Ask, type Check, type CheckResult, isSame } from './checks/check';
import { checkHost } from './checks/check-host';
import { newsOf, newsOfRegion } from './news';
import type { RegionWatch } from './region-watch';
import { RareChecks } from './rare-checks';
import type { Report } from './report';
import type { Rotation } from './rotation';

export interface RoundDeps {
  readonly rotation: Rotation;
  readonly models: ModelCatalog;
  readonly clock: Clock;
  readonly report: Report;
  readonly dailyBudgetUsd: number;
  readonly intervalMinutes: number;
  /** Later than this, a host's first content is too late. */
  readonly slowMs: (host: string) => number;
  readonly hosts: Ask;
  /** Undefined where it is not checked. */
  readonly endpoint: Ask | undefined;
  /** Undefined where there is no other region. `heldMs`: how long this one is held for cut off, until the canary looks again. */
  readonly region: { readonly watch: RegionWatch; readonly heldMs: number } | undefined;
  /** Undefined where there is no table. */
  readonly tables: { readonly canary: CanaryStore; readonly health: HealthStore } | undefined;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Makes one round of checks after the other. The table failing costs only what it is for. */
export class Canary {
  /** What this environment knows of the day's spend by itself. */
  readonly #spent = new Map<string, number>();
  readonly #rare = new RareChecks();
  #hasRecalled = false;

  constructor(private readonly deps: RoundDeps) {}

  /** `at`: when the round was due; the checks follow from that. */
  async round(at: number): Promise<readonly CheckResult[]> {
    const { report, tables } = this.deps;
    const day = new Date(at).toISOString().slice(0, 10);
    // Neither may end the round: without the table it goes on by what this environment knows.
    const [spent, known] = await Promise.all([
      this.#spentUsd(day),
      tables?.health.read().catch((error: unknown) => report.trouble('reading the health table', error)),
      this.#recall(),
    ]);
    let usd = spent;
    // All at once: a host that hangs takes nothing of the others' minute, and when all fail it is the canary's own way.
    const results = await Promise.all(
      this.#checks(Math.floor(at / MINUTE_MS), spent).map((check) => this.#confirmed(check, (cost) => (usd += cost))),
    );
    const kept = await this.deps.region?.watch.keptBack(results);
    for (const result of results) report.check(result, counts(result) && !kept?.has(result));
    this.#rare.note(results.filter((result) => !kept?.has(result)));
    for (const last of this.#rare.without(results)) report.still(last);
    this.#reportDrains(known ?? []);
    await this.#save(day, usd, results, known ?? []);
    report.round();
    return results;
  }

  /** What is due, as far as the day's budget goes, and what is free for hosts that have nothing due. */
  #checks(minute: number, spent: number): readonly Check[] {
    const { rotation, dailyBudgetUsd, intervalMinutes, report } = this.deps;
    const due = rotation.due(minute);
    const free = rotation.free(minute);
    // All or nothing: a part of them would leave the same hosts out in every round.
    if (spent + due.reduce((sum, check) => sum + rotation.usd(check), 0) > dailyBudgetUsd) {
      report.budgetSpent(spent, dailyBudgetUsd);
      return free;
    }
    const again = this.#rare
      .dueAgain(minute, intervalMinutes)
      .filter((check) => !due.some((each) => isSame(each, check)));
    return [...due, ...again, ...free.filter(({ host }) => due.every((check) => check.host !== host))];
  }

  /** Once in the life of an environment: from then on it knows by itself. */
  async #recall(): Promise<void> {
    const { tables, rotation, report } = this.deps;
    if (this.#hasRecalled || !rotation.hasOthers || tables === undefined) return;
    try {
      this.#rare.recall(await tables.canary.results(), (check) => rotation.has(check));
      this.#hasRecalled = true;
    } catch (error) {
      report.trouble('reading earlier results', error);
    }
  }

  /** What fails is repeated at once: one accident is no finding. */
  async #confirmed(check: Check, spend: (usd: number) => void): Promise<CheckResult> {
    const first = await this.#ask(check, spend);
    return first.outcome === 'ok' ? first : this.#ask(check, spend);
  }

  async #ask(check: Check, spend: (usd: number) => void): Promise<CheckResult> {
    const { hosts, endpoint, models, clock, slowMs, rotation } = this.deps;
    const ask = check.host === ENDPOINT_HOST ? endpoint : hosts;
    if (ask === undefined) throw new Error('the endpoint is not set up to be checked');
    const result = await checkHost(check, { ask, models, clock, slowMs: slowMs(check.host) });
    // Who refuses takes no money.
    if (result.usage) spend(rotation.usd(check, result.usage));
    return result;
  }

  async #spentUsd(day: string): Promise<number> {
    const { tables, report } = this.deps;
    const own = this.#spent.get(day) ?? 0;
    const shared = await tables?.canary
      .spentUsd(day)
      .catch((error: unknown) => report.trouble('reading the spend', error));
    // Another environment may have spent, and the last write of this one may have been lost.
    return Math.max(own, shared ?? 0);
  }

  async #save(day: string, usd: number, results: readonly CheckResult[], known: readonly RouterEntry[]): Promise<void> {
    // The day before is of no use to anybody.
    this.#spent.clear();
    this.#spent.set(day, usd);
    const { tables, report, rotation, region } = this.deps;
    if (tables === undefined) return;
    const { canary, health } = tables;
    const heldMs = (rotation.modelMinutes + 1) * MINUTE_MS;
    const news = [...newsOf(results, known, heldMs), ...(region ? newsOfRegion(results, known, region.heldMs) : [])];
    const writes = [
      canary.saveSpent(day, usd),
      ...results.map(({ host, model, shape, outcome, at, elapsedMs }) =>
        canary.saveResult({ type: 'result', host, model, shape, outcome, at, elapsedMs }),
      ),
      ...news.map((entry) => health.write(entry)),
    ];
    for (const write of await Promise.allSettled<unknown>(writes)) {
      // Once: they have one cause.
      if (write.status === 'rejected') return report.trouble('writing the health table', write.reason);
    }
  }

  #reportDrains(known: readonly RouterEntry[]): void {
    const now = this.deps.clock.now();
    const isDrain = (entry: RouterEntry): entry is OverrideEntry =>
      entry.type === 'override' && entry.action === 'drain' && entry.until > now;
    const hours = known.filter(isDrain).map(({ at }) => (now - at) / HOUR_MS);
    if (hours.length > 0) this.deps.report.drained(Math.max(...hours));
  }
}

/** A host may lack the counting of tokens, as Bedrock does in some regions, and is a fallback all the same. */
function counts({ shape, outcome }: CheckResult): boolean {
  return shape !== 'count-tokens' || !LACKING.has(outcome);
}
const LACKING: ReadonlySet<CheckResult['outcome']> = new Set([
  'stale-model',
  'wrong-region',
  'not-enabled',
  // On Google, counting is a model of its own to allow.
  'org-policy',
  'rejected',
]);
