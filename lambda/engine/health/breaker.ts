import type { BreakerConfig } from '../../../lib/contract';
import { ErrorWindow } from './error-window';

const DEFAULTS: Required<BreakerConfig> = {
  consecutiveFailures: 3,
  errorRate: 0.1,
  windowMs: 60_000,
  minRequests: 20,
  openMs: 10_000,
  rampStageMs: 20_000,
};
/** Shares of the traffic a recovered host gets before it gets all of it. */
export const RAMP_SHARES = [0.1, 0.25, 0.5] as const;
const MAX_DOUBLINGS = 3;
/** Two of twenty is chance in one minute of fifty, where one request in a hundred fails. */
const LEAST_FAILURES = 5;
/** How soon to ask again while somebody else's probe is under way: nobody knows when it ends. */
const PROBE_POLL_MS = 1000;

export type BreakerState =
  | { readonly name: 'closed' }
  | { readonly name: 'open'; readonly until: number }
  | { readonly name: 'half-open'; readonly probing: boolean }
  | {
      readonly name: 'ramping';
      readonly stage: number;
      readonly since: number;
      readonly succeeded: boolean;
      readonly probing: boolean;
    };

/** `probe`: admitted, and the outcome (or `abandon`) is awaited before the next one. */
export type BreakerAdmission = 'admitted' | 'probe' | 'open' | 'ramping';

const CLOSED: BreakerState = { name: 'closed' };

export class Breaker {
  /** Closed, and nothing has failed since it last answered. */
  isSound(now: number): boolean {
    return this.#at(now).name === 'closed' && this.#consecutive === 0;
  }

  get failuresInRow(): number {
    return this.#config.consecutiveFailures;
  }

  readonly #config: Required<BreakerConfig>;
  readonly #window: ErrorWindow;
  #state: BreakerState = CLOSED;
  #consecutive = 0;
  #doublings = 0;
  #openedAt = 0;

  constructor(config: BreakerConfig = {}) {
    this.#config = { ...DEFAULTS, ...config };
    this.#window = new ErrorWindow(this.#config.windowMs);
  }

  /** `affinity` is the conversation's place in [0, 1): in the ramp, the same ones are admitted every time. */
  admit(affinity: () => number, now: number): BreakerAdmission {
    const state = this.#at(now);
    if (state.name === 'closed') return 'admitted';
    if (state.name === 'open') return 'open';
    if (state.name === 'ramping' && affinity() < RAMP_SHARES[state.stage]!) return 'admitted';
    if (state.probing || !this.#probeDue(state, now)) return state.name === 'ramping' ? 'ramping' : 'open';
    this.#state = { ...state, probing: true };
    return 'probe';
  }

  /**
   * An answer has begun that was asked for at `since`. `isEnough`: that it will be whole is not in doubt, so that a probe, or
   * whoever was let in for want of a better host, need not wait for its end.
   */
  began(now: number, since: number, isEnough: boolean): void {
    this.#consecutive = 0;
    const { name } = this.#at(now);
    if (isEnough && since >= this.#openedAt && (name === 'half-open' || name === 'open')) this.recover(now);
  }

  /** An answer is whole that began at `since`. What began before an outage says nothing of its end. */
  succeeded(now: number, since = now): void {
    const state = this.#at(now);
    if (state.name === 'closed') {
      this.#consecutive = 0;
      this.#window.record(false, now);
    } else if (state.name === 'half-open') {
      if (since >= this.#openedAt) this.recover(now);
    } else if (state.name === 'ramping' && since >= state.since) {
      this.#state = { ...state, succeeded: true };
      this.#at(now);
    }
  }

  /**
   * `hung`: the request had to wait for its failure. Only such probes cost a client anything, and are made less often.
   * `restMs`: how long such failures keep the breaker open, instead of the configured time.
   */
  failed(now: number, hung = false, restMs?: number): void {
    const state = this.#at(now);
    if (state.name === 'closed') {
      this.#consecutive++;
      this.#window.record(true, now);
      const { consecutiveFailures, errorRate, minRequests } = this.#config;
      const isOften = this.#window.failures >= LEAST_FAILURES && this.#window.rate(minRequests) >= errorRate;
      if (this.#consecutive >= consecutiveFailures || isOften) this.#open(now, restMs);
    } else if (state.name !== 'open') {
      // A host that fails again as soon as it has traffic comes and goes: each time it is left alone for longer.
      if (hung || state.name === 'ramping') this.#doublings = Math.min(this.#doublings + 1, MAX_DOUBLINGS);
      this.#open(now, restMs);
    }
  }

  /** Opened whatever the counts are: streams have died in a row. */
  trip(now: number, restMs?: number): void {
    if (this.#at(now).name === 'closed') this.#open(now, restMs);
  }

  /** The probe ended without saying anything about the host, e.g. because the client went away. */
  abandon(): void {
    const state = this.#state;
    if ((state.name === 'half-open' || state.name === 'ramping') && state.probing) {
      this.#state = { ...state, probing: false };
    }
  }

  /** Opened from outside, at least until then. A probe of our own that is under way knows better. */
  hold(until: number, now: number): void {
    const state = this.#at(now);
    if ((state.name === 'open' && state.until >= until) || (state.name === 'half-open' && state.probing)) return;
    this.#openedAt = now;
    this.#state = { name: 'open', until };
  }

  /** Somebody else has seen the host answer. */
  recover(now: number): void {
    this.#state = { name: 'ramping', stage: 0, since: now, succeeded: false, probing: false };
  }

  state(now: number): BreakerState {
    return this.#at(now);
  }

  /** When a refused request may ask again. */
  until(now: number): number {
    const state = this.#at(now);
    if (state.name === 'open') return state.until;
    if (state.name === 'ramping') return Math.max(now, state.since + this.#config.rampStageMs);
    return state.name === 'half-open' && state.probing ? now + PROBE_POLL_MS : now;
  }

  /** Without this, a ramp whose share no conversation falls into would never end. */
  #probeDue(state: BreakerState, now: number): boolean {
    return state.name !== 'ramping' || now >= state.since + this.#config.rampStageMs;
  }

  #open(now: number, restMs = this.#config.openMs * 2 ** this.#doublings): void {
    this.#consecutive = 0;
    this.#window.clear();
    this.#openedAt = now;
    this.#state = { name: 'open', until: now + restMs };
  }

  /** Time alone ends an open phase; a ramp stage needs a success besides. */
  #at(now: number): BreakerState {
    const state = this.#state;
    if (state.name === 'open' && now >= state.until) {
      this.#state = { name: 'half-open', probing: false };
    } else if (state.name === 'ramping' && state.succeeded && now >= state.since + this.#config.rampStageMs) {
      const stage = state.stage + 1;
      if (stage < RAMP_SHARES.length) {
        this.#state = { name: 'ramping', stage, since: now, succeeded: false, probing: false };
      } else {
        this.#doublings = 0;
        this.#state = CLOSED;
      }
    }
    return this.#state;
  }
}
