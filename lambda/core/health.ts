import type { BreakerConfig } from '../../lib/contract';
import { Breaker, RAMP_SHARES } from './breaker';
import type { Failure, Reason, Verdict } from './failure';

export type Admission =
  | { readonly admitted: true; readonly probe: boolean }
  | {
      readonly admitted: false;
      readonly reason: Reason | 'ramping' | 'open';
      readonly until: number;
      /** When every host of a chain is refused: trying this one is better than no answer. */
      readonly mayTryAnyway: boolean;
      /** The last failure, for a request that is exhausted without having tried. */
      readonly failure: Failure | undefined;
    };

export interface HostHealth {
  readonly host: string;
  readonly model: string;
  readonly state: 'healthy' | 'cooling' | 'open' | 'half-open' | 'ramping';
  readonly reason: Reason | undefined;
  /** When it may change; undefined while healthy. */
  readonly until: number | undefined;
  /** Percent of the traffic it gets while ramping. */
  readonly stage: number | undefined;
}

interface Entry {
  readonly breaker: Breaker;
  coolUntil: number;
  coolReason: Reason | undefined;
  lastReason: Reason | undefined;
  lastFailure: Failure | undefined;
}

const ADMITTED: Admission = { admitted: true, probe: false };
const PROBE: Admission = { admitted: true, probe: true };

/** Another attempt may succeed at any time; with the other reasons it is sure to fail, or costs goodwill. */
const MAY_PASS: ReadonlySet<Reason | undefined> = new Set<Reason>([
  'overloaded',
  'server-error',
  'timeout',
  'connection',
  'malformed',
  'model-error',
]);

/** What this environment knows of each host and model: cooldowns and a breaker. */
export class Health {
  readonly #hosts = new Map<string, { readonly config: BreakerConfig; readonly models: Map<string, Entry> }>();

  /** The breaker of every host, by the host's name. */
  constructor(breakers: ReadonlyMap<string, BreakerConfig>) {
    for (const [name, config] of breakers) this.#hosts.set(name, { config, models: new Map() });
  }

  /** `affinity`: the conversation's place in [0, 1), asked for only while the host is ramping. */
  admit(host: string, model: string, affinity: () => number, now: number): Admission {
    const entry = this.#entry(host, model);
    if (now >= entry.coolUntil) {
      const admission = entry.breaker.admit(affinity, now);
      if (admission === 'admitted') return ADMITTED;
      if (admission === 'probe') return PROBE;
      return {
        admitted: false,
        reason: admission,
        until: entry.breaker.until(now),
        mayTryAnyway: true,
        failure: entry.lastFailure,
      };
    }
    return {
      admitted: false,
      reason: entry.coolReason!,
      until: this.#until(entry, now),
      mayTryAnyway: MAY_PASS.has(entry.coolReason),
      failure: entry.lastFailure,
    };
  }

  succeeded(host: string, model: string, now: number): void {
    this.#entry(host, model).breaker.succeeded(now);
  }

  failed(host: string, model: string, verdict: Verdict, failure: Failure, now: number): void {
    const entry = this.#entry(host, model);
    const until = now + (verdict.cooldownMs ?? 0);
    if (until > now || verdict.countsAgainstHealth) {
      entry.lastReason = verdict.reason;
      entry.lastFailure = failure;
    }
    if (until > now && until > entry.coolUntil) {
      entry.coolUntil = until;
      entry.coolReason = verdict.reason;
    }
    if (verdict.countsAgainstHealth) entry.breaker.failed(now, failure.kind === 'timeout');
    else entry.breaker.abandon();
  }

  /** An admitted probe ended without an outcome. Only for attempts whose admission said `probe`. */
  abandoned(host: string, model: string): void {
    this.#entry(host, model).breaker.abandon();
  }

  /** The earliest time at which one of the hosts may take a request; `undefined` without hosts. */
  soonest(hosts: readonly string[], model: string, now: number): number | undefined {
    let soonest: number | undefined;
    for (const host of hosts) {
      const until = this.#until(this.#entry(host, model), now);
      if (soonest === undefined || until < soonest) soonest = until;
    }
    return soonest;
  }

  /** Hosts and models that have had a request. */
  snapshot(now: number): HostHealth[] {
    const rows: HostHealth[] = [];
    for (const [host, { models }] of this.#hosts) {
      for (const [model, entry] of models) {
        const breaker = entry.breaker.state(now);
        const cooling = now < entry.coolUntil;
        const state = cooling ? 'cooling' : breaker.name === 'closed' ? 'healthy' : breaker.name;
        rows.push({
          host,
          model,
          state,
          reason: cooling ? entry.coolReason : state === 'healthy' ? undefined : entry.lastReason,
          until: state === 'healthy' ? undefined : this.#until(entry, now),
          stage: breaker.name === 'ramping' ? RAMP_SHARES[breaker.stage]! * 100 : undefined,
        });
      }
    }
    return rows;
  }

  #until(entry: Entry, now: number): number {
    return Math.max(entry.coolUntil, entry.breaker.until(now));
  }

  #entry(host: string, model: string): Entry {
    const known = this.#hosts.get(host);
    if (known === undefined)
      throw new Error(`Host "${host}" is not configured; known are ${[...this.#hosts.keys()].join(', ')}.`);
    let entry = known.models.get(model);
    if (entry === undefined) {
      entry = {
        breaker: new Breaker(known.config),
        coolUntil: 0,
        coolReason: undefined,
        lastReason: undefined,
        lastFailure: undefined,
      };
      known.models.set(model, entry);
    }
    return entry;
  }
}
