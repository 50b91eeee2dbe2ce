import type { BreakerConfig, HealthEntry, RouterEntry } from '../../../lib/contract';
import type { Failure } from '../failure/failure';
import type { Verdict } from '../failure/verdict';
import type { LiveStream } from './stream-deaths';
import { LinkHealth, type Admission, type LinkHealthState, type News } from './link-health';

export interface HostHealth extends LinkHealthState {
  readonly host: string;
  readonly model: string;
}

/** What this environment knows of each host and model. */
export class Health {
  readonly #hosts = new Map<string, { readonly config: BreakerConfig; readonly models: Map<string, LinkHealth> }>();

  /** The breaker of every host, by the host's name. `tell`: what others should know, once for each change. */
  constructor(
    breakers: ReadonlyMap<string, BreakerConfig>,
    private readonly tell: (entry: HealthEntry) => void = () => {},
  ) {
    for (const [name, config] of breakers) this.#hosts.set(name, { config, models: new Map() });
  }

  /** `affinity`: the conversation's place in [0, 1), asked for only while the host is ramping. */
  admit(host: string, model: string, affinity: () => number, now: number): Admission {
    return this.#entry(host, model).admit(affinity, now);
  }

  isHealthy(host: string, model: string, now: number): boolean {
    return this.#entry(host, model).state(now).state === 'healthy';
  }

  /** Whether a stream may be committed at its first content, or only when it is whole. */
  mayCommit(host: string, model: string): boolean {
    return this.#entry(host, model).mayCommit;
  }

  /** An answer is committed: what becomes of it is to be told by `succeeded`, `died` or `left`. */
  began(host: string, model: string, now: number, since = now): LiveStream {
    return this.#entry(host, model).began(now, since);
  }

  /** The same, for a stream whose first content came after so long; undefined where that is far later than usual. */
  beganAfter(
    host: string,
    model: string,
    firstContentMs: number,
    patienceMs: number,
    now: number,
  ): LiveStream | undefined {
    return this.#entry(host, model).beganAfter(firstContentMs, patienceMs, now);
  }

  succeeded(host: string, model: string, now: number, stream?: LiveStream): void {
    this.#tell(host, model, this.#entry(host, model).succeeded(now, stream));
  }

  left(host: string, model: string, stream: LiveStream): void {
    this.#entry(host, model).left(stream);
  }

  died(host: string, model: string, stream: LiveStream, verdict: Verdict, failure: Failure, now: number): void {
    this.#tell(host, model, this.#entry(host, model).died(stream, verdict, failure, now));
  }

  failed(host: string, model: string, verdict: Verdict, failure: Failure, now: number): void {
    this.#tell(host, model, this.#entry(host, model).failed(verdict, failure, now));
  }

  /** Refused in unknown words what another host has served. True once the host itself must be at fault. */
  refused(host: string, model: string, message: string, conversation: number): boolean {
    return this.#entry(host, model).refused(message, conversation);
  }

  /** A request is about to ask the host: it saves up for retries. */
  asked(host: string, model: string): void {
    this.#entry(host, model).retries.deposit();
  }

  /** Whether a retry may be made, which is then paid. */
  mayRetry(host: string, model: string, now: number): boolean {
    return this.#entry(host, model).mayRetry(now);
  }

  /** What others have told. Nothing of it is told on. */
  learn(entries: readonly RouterEntry[], now: number): void {
    for (const entry of entries) {
      if (entry.type === 'health' && this.#hosts.has(entry.host)) {
        this.#entry(entry.host, entry.scope).learn(entry, now);
      }
    }
  }

  /** An admitted probe ended without an outcome. Only for attempts whose admission said `probe`. */
  abandoned(host: string, model: string): void {
    this.#entry(host, model).abandoned();
  }

  /** The earliest time at which one of the hosts may take a request; `undefined` without hosts. */
  soonest(hosts: readonly string[], model: string, now: number): number | undefined {
    let soonest: number | undefined;
    for (const host of hosts) {
      const until = this.#entry(host, model).until(now);
      if (soonest === undefined || until < soonest) soonest = until;
    }
    return soonest;
  }

  /** Hosts and models that have had a request, or of which others have told. */
  snapshot(now: number): HostHealth[] {
    return [...this.#hosts].flatMap(([host, { models }]) =>
      [...models].map(([model, entry]) => ({ host, model, ...entry.state(now) })),
    );
  }

  #tell(host: string, scope: string, news: News | undefined): void {
    if (news !== undefined) this.tell({ type: 'health', host, scope, ...news });
  }

  #entry(host: string, model: string): LinkHealth {
    const known = this.#hosts.get(host);
    if (known === undefined)
      throw new Error(`Host "${host}" is not configured; known are ${[...this.#hosts.keys()].join(', ')}.`);
    let entry = known.models.get(model);
    if (entry === undefined) {
      entry = new LinkHealth(known.config);
      known.models.set(model, entry);
    }
    return entry;
  }
}
