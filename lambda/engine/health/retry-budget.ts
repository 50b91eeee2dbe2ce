/** Of the first attempts: an outage that lasts must not double the calls of everybody. */
const SHARE = 0.1;
/** A host that is seldom asked may be retried all the same, and one that was sound for long not without end. */
const START = 1;
const LIMIT = 10;

/** What a host's requests have saved up for retries: each first attempt adds a part, each retry takes a whole one. */
export class RetryBudget {
  #balance = START;

  deposit(): void {
    this.#balance = Math.min(LIMIT, this.#balance + SHARE);
  }

  /** Whether a retry may be made, which is then paid. */
  withdraw(): boolean {
    if (this.#balance < 1) return false;
    this.#balance -= 1;
    return true;
  }
}
