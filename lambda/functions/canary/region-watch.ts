import { ENDPOINT_HOST, FALLBACK_BROKEN, type OtherRegion, REGION_PAGES } from '../../../lib/contract';
import type { CheckResult } from './checks/check';
import type { Report } from './report';

export interface RegionWatchDeps {
  readonly other: OtherRegion;
  readonly report: Pick<Report, 'region' | 'regionTold' | 'trouble'>;
  /** Undefined where the gateway there answers. */
  problem(): Promise<string | undefined>;
  /** Names of the alarms that are on there. */
  alarmsOn(): Promise<readonly string[]>;
}

/** Looks at the gateway of the other region, and sees to it that nobody is told by both regions of one thing. */
export class RegionWatch {
  /** Hosts whose last check failed. */
  readonly #failing = new Set<string>();

  constructor(private readonly deps: RegionWatchDeps) {}

  /** Failed results that this region keeps to itself: the other one has told of them, or has still the time to. */
  async keptBack(results: readonly CheckResult[]): Promise<ReadonlySet<CheckResult>> {
    const { other, report } = this.deps;
    const problem = await this.deps.problem();
    const failed = results.filter(({ outcome }) => outcome !== 'ok');
    const first = failed.filter(({ host }) => !this.#failing.has(host));
    for (const { host, outcome } of results) {
      if (outcome === 'ok') this.#failing.delete(host);
      else this.#failing.add(host);
    }
    // Nobody is asked what has been told while there is nothing to tell.
    const on = problem === undefined && failed.length === 0 ? new Set<string>() : await this.#on();
    const hasPaged = REGION_PAGES.some((page) => on.has(page));
    report.region(other.region, problem, hasPaged);
    if (!other.leads) return new Set();
    if (hasPaged) report.regionTold();
    return new Set(
      failed.filter(
        (result) =>
          // The endpoint here is this region's own, and its page waits by itself.
          result.host !== ENDPOINT_HOST && (first.includes(result) || on.has(`${FALLBACK_BROKEN}/${result.host}`)),
      ),
    );
  }

  /** A region that cannot be asked has told nobody. */
  async #on(): Promise<ReadonlySet<string>> {
    const { other, report } = this.deps;
    try {
      const names = await this.deps.alarmsOn();
      return new Set(names.map((name) => name.slice(other.alarms.length)));
    } catch (error) {
      report.trouble(`reading the alarms of ${other.region}`, error);
      return new Set();
    }
  }
}
