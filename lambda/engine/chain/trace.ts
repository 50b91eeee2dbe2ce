/** The way of one request through its chain, as `x-failover-trace` shows it: `host:reason, host:ok`. */
export class Trace {
  attempts = 0;
  readonly #steps: string[] = [];

  add(host: string, reason: string): void {
    this.#steps.push(`${host}:${reason}`);
  }

  toString(): string {
    return this.#steps.join(', ');
  }
}
