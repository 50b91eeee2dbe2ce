/** No prompt cache lives longer without a turn. */
const KEPT_MS = 3_600_000;
/** Clients choose how many conversations they have: they must not grow the memory. */
const MAX_HOMES = 10_000;

/** Where conversations have begun, as far as this process has seen them. */
export class Homes {
  readonly #homes = new Map<number, { readonly host: string; readonly at: number }>();

  get(conversation: number, now: number): string | undefined {
    const home = this.#homes.get(conversation);
    return home !== undefined && Math.abs(now - home.at) < KEPT_MS ? home.host : undefined;
  }

  set(conversation: number, host: string, now: number): void {
    this.#homes.delete(conversation);
    // The one whose last turn is the longest ago.
    if (this.#homes.size >= MAX_HOMES) this.#homes.delete(this.#homes.keys().next().value!);
    this.#homes.set(conversation, { host, at: now });
  }
}
