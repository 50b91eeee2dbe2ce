import type { Sample } from '../client/ask';
import { quantile } from '../report/quantile';

export interface Totals {
  readonly requests: number;
  readonly failures: number;
  readonly failovers: number;
}

const LATENCY_MS = 60_000;
const DIRECT_KEPT = 20;

/** What the demo's client has counted: the page asks the gateway for all else. */
export class Scoreboard {
  #answers: Sample[] = [];
  #totals: Totals = { requests: 0, failures: 0, failovers: 0 };
  #direct: number[] = [];

  constructor(
    private readonly primary: string,
    private readonly now: () => number,
  ) {}

  request(served: Sample): void {
    const { requests, failures, failovers } = this.#totals;
    this.#totals = {
      requests: requests + 1,
      failures: failures + (served.failure === undefined ? 0 : 1),
      failovers: failovers + (served.failure === undefined && served.host !== this.primary ? 1 : 0),
    };
    if (served.failure === undefined) this.#answers = [...this.#recent(), served];
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

  /** What the last minute's answers took, less what they take without the gateway where that is known. */
  latency(): { readonly p50: number; readonly p95: number } | undefined {
    const answered = this.#recent();
    if (answered.length === 0) return undefined;
    const own = this.#direct.length === 0 ? 0 : quantile(this.#direct, 0.5);
    const times = answered.map(({ totalMs }) => totalMs - own);
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  }

  #recent(): Sample[] {
    const since = this.now() - LATENCY_MS;
    return this.#answers.filter(({ at }) => at >= since);
  }
}
