import { Client } from 'undici';

/** All timers are the attempt's own, and a connection stays for as long as its host wants. */
const OPTIONS: Client.Options = {
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 600_000,
  // The most patient budget waits no longer for headers. Without an end, what nobody waits for any more would go on.
  connectTimeout: 60_000,
};

/**
 * Connections to one origin, each for one request at a time. undici's own pool would open another one for every request
 * that is given up, and leave those at rest for a new one while they settle.
 */
export class Connections {
  readonly #all = new Set<Client>();
  readonly #free: Client[] = [];

  constructor(private readonly origin: string) {}

  /** The one that was in use last: its host is the least likely to have closed it. */
  take(): Client {
    return this.#free.pop() ?? this.#open();
  }

  giveBack(client: Client): void {
    if (!client.destroyed) this.#free.push(client);
  }

  /** Whatever goes on over it ends with the error. */
  destroy(client: Client, error: Error): void {
    this.#all.delete(client);
    void client.destroy(error);
  }

  destroyAll(error: Error): void {
    this.#free.length = 0;
    for (const client of this.#all) this.destroy(client, error);
  }

  #open(): Client {
    const client = new Client(this.origin, OPTIONS);
    this.#all.add(client);
    client.on('disconnect', (_origin, _targets, error) => {
      const at = this.#free.indexOf(client);
      // One in use tells its request by itself.
      if (at < 0) return;
      this.#free.splice(at, 1);
      this.destroy(client, error);
    });
    return client;
  }
}
