import type { Sample } from '../client/ask';
import { quantile } from '../report/quantile';

/** One request of the demo's client. */
export interface ScoredSample extends Sample {
  readonly id: number;
}

/** Somebody switched a fault. */
export interface Mark {
  readonly id: number;
  readonly at: number;
  readonly host: string;
  readonly text: string;
  readonly healed: boolean;
}

export interface Totals {
  readonly requests: number;
  readonly failures: number;
  readonly failovers: number;
}

/** What the page's timeline goes back to. */
export const KEPT_MS = 180_000;
const LATENCY_MS = 60_000;
const SHARE_MS = 5000;
const DIRECT_KEPT = 20;

/** Everything the page counts and draws. */
export class Scoreboard {
  #requests: ScoredSample[] = [];
  #marks: Mark[] = [];
  #totals: Totals = { requests: 0, failures: 0, failovers: 0 };
  #direct: number[] = [];
  #lastId = 0;

  constructor(
    private readonly primary: string,
    private readonly now: () => number,
  ) {}

  request(served: Sample): void {
    this.#requests = [...this.#recent(this.#requests, KEPT_MS), { ...served, id: (this.#lastId += 1) }];
    const { requests, failures, failovers } = this.#totals;
    this.#totals = {
      requests: requests + 1,
      failures: failures + (served.failure === undefined ? 0 : 1),
      failovers: failovers + (served.failure === undefined && served.host !== this.primary ? 1 : 0),
    };
  }

  mark(mark: Omit<Mark, 'id' | 'at'>): void {
    const at = this.now();
    this.#marks = [...this.#recent(this.#marks, KEPT_MS), { ...mark, at, id: (this.#lastId += 1) }];
  }

  /** What the same request took without the gateway. */
  direct(totalMs: number): void {
    this.#direct = [...this.#direct.slice(1 - DIRECT_KEPT), totalMs];
  }

  reset(): void {
    this.#totals = { requests: 0, failures: 0, failovers: 0 };
  }

  get totals(): Totals {
    return this.#totals;
  }

  since(id: number): {
    readonly requests: readonly ScoredSample[];
    readonly marks: readonly Mark[];
    readonly lastId: number;
  } {
    const newer = (entry: { readonly id: number }): boolean => entry.id > id;
    return { requests: this.#requests.filter(newer), marks: this.#marks.filter(newer), lastId: this.#lastId };
  }

  /** Of the latest answers, the part each host gave. */
  shares(): Readonly<Record<string, number>> {
    const recent = this.#recent(this.#requests, SHARE_MS).filter(({ host }) => host !== undefined);
    const shares: Record<string, number> = {};
    for (const { host } of recent) shares[host!] = (shares[host!] ?? 0) + 1 / recent.length;
    return shares;
  }

  /** What the last minute's answers took, less what they take without the gateway where that is known. */
  latency(): { readonly p50: number; readonly p95: number } | undefined {
    const answered = this.#recent(this.#requests, LATENCY_MS).filter(({ failure }) => failure === undefined);
    if (answered.length === 0) return undefined;
    const own = this.#direct.length === 0 ? 0 : quantile(this.#direct, 0.5);
    const times = answered.map(({ totalMs }) => totalMs - own);
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  }

  #recent<Entry extends { readonly at: number }>(entries: readonly Entry[], ms: number): Entry[] {
    const since = this.now() - ms;
    return entries.filter(({ at }) => at >= since);
  }
}
