/** Message Batches that fail over, as the router is told of them. */
export interface BatchesConfig {
  /** How long one host may take for what it has been given, before what it has not begun goes to the next. @default 43200000 */
  readonly patienceMs?: number;
  /**
   * USD a day, by UTC, for which the router itself asks what no host's own batches have answered, at full price and over all clients.
   * @default 0 - never
   */
  readonly fullPriceUsdPerDay?: number;
}

/** How EventBridge Scheduler wakes the worker. The worker itself is told by its environment of no worker: it is the one. */
export interface BatchSchedules {
  readonly group: string;
  readonly workerArn: string;
  readonly roleArn: string;
}

/** What a schedule sends to the worker once a day: to look at the canary's last batch, and to make its next. */
export interface BatchCanary {
  /** The model that it asks for. */
  readonly canary: string;
}

/** What a schedule sends to the worker. */
export interface BatchWork {
  readonly batch: string;
  /** Absent for clients without a name. */
  readonly client?: string;
}
