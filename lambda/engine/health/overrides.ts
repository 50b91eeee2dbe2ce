import type { OverrideEntry, RouterEntry } from '../../../lib/contract';

/** An operator's words on hosts, as the table last told them. Each ends by this router's own clock. */
export class Overrides {
  #hosts: ReadonlyMap<string, OverrideEntry> = new Map();

  /** What is no longer among the entries has been taken back. */
  replace(entries: readonly RouterEntry[]): void {
    const overrides = entries.filter((entry) => entry.type === 'override');
    this.#hosts = new Map(overrides.map((entry) => [entry.host, entry]));
  }

  get(host: string, now: number): OverrideEntry | undefined {
    const entry = this.#hosts.get(host);
    return entry !== undefined && now < entry.until ? entry : undefined;
  }

  /** Until when no request may reach the host. */
  drainedUntil(host: string, now: number): number | undefined {
    const entry = this.get(host, now);
    return entry?.action === 'drain' ? entry.until : undefined;
  }

  isDrilled(host: string, now: number): boolean {
    return this.get(host, now)?.action === 'drill';
  }

  /** The percentage of conversations that an operator wants to begin at the host. */
  weight(host: string, now: number): number | undefined {
    const entry = this.get(host, now);
    return entry?.action === 'weight' ? entry.percent : undefined;
  }

  /** Whether there is any, so that a request without one costs no more than this. */
  get isEmpty(): boolean {
    return this.#hosts.size === 0;
  }
}
