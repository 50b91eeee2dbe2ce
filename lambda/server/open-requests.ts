import type { ServerResponse } from 'node:http';

/** Which requests of a server are under way. */
export class OpenRequests {
  readonly #open = new Set<ServerResponse>();
  /** From the process's last minutes on: clients are to go elsewhere for their next request. */
  areLast = false;

  add(outgoing: ServerResponse): void {
    if (this.areLast) outgoing.shouldKeepAlive = false;
    this.#open.add(outgoing);
  }

  delete(outgoing: ServerResponse): void {
    this.#open.delete(outgoing);
  }

  /** When those that are open now have ended. */
  async settled(): Promise<void> {
    await Promise.all([...this.#open].map((outgoing) => new Promise((resolve) => outgoing.once('close', resolve))));
  }

  async empty(): Promise<void> {
    while (this.#open.size > 0) await this.settled();
  }
}
