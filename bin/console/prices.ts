/** USD as in us-east-1, of docs/prices.json. What is free for a while is counted all the same. */
export const USD = {
  /** One metric that GetMetricData is asked for, with one statistic. */
  metric: 0.01 / 1000,
  /** Any other question to CloudWatch. */
  cloudWatchCall: 0.01 / 1000,
  scannedGb: 0.005,
  /** Of the health table: a query of at most 64 KB. */
  tableQuery: (8 * 0.125) / 1e6,
  /** The gateway's own report: a request of the API, and a tenth of a second of a function with a GB. */
  report: 3.5 / 1e6 + 0.2 / 1e6 + 0.1 * 1.33334e-5,
} as const;

/** What looking has cost since the console was opened. */
export class Meter {
  #usd = 0;

  get spentUsd(): number {
    return this.#usd;
  }

  /** Says what it was told, for whoever has to tell it on. */
  charge(usd: number): number {
    this.#usd += usd;
    return usd;
  }
}
