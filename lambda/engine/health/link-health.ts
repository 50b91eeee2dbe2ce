import type { BreakerConfig, HealthEntry } from '../../../lib/contract';
import { Breaker, type BreakerAdmission, RAMP_SHARES } from './breaker';
import { Refusals } from './refusals';
import { RetryBudget } from './retry-budget';
import { SlowStart } from './slow-start';
import { type LiveStream, StreamDeaths } from './stream-deaths';
import { isReason, type Failure, type Reason } from '../failure/failure';
import type { Verdict } from '../failure/verdict';

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

export interface LinkHealthState {
  readonly state: 'healthy' | 'cooling' | 'open' | 'half-open' | 'ramping';
  readonly reason: Reason | undefined;
  /** When it may change; undefined while healthy. */
  readonly until: number | undefined;
  /** Percent of the traffic it gets while ramping. */
  readonly stage: number | undefined;
}

/** What others want to know: news of one model on one host. */
export type News = Pick<HealthEntry, 'state' | 'until' | 'reason' | 'at'>;

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

/** One may be chance; after the second, a stream is given to the client when it is whole, so that a cut one is rescued. */
const MAY_DIE_IN_ROW = 2;

const IS_BACK: ReadonlySet<string> = new Set(['ramping', 'closed']);

/** What prolongs an outage by less than this is not worth telling: last resorts fail with every request. */
const WORTH_TELLING_MS = 5000;

/** What this environment knows of one model on one host: a cooldown and a breaker, and what others have told. */
export class LinkHealth {
  readonly retries = new RetryBudget();
  readonly #breaker: Breaker;
  readonly #slowStart = new SlowStart();
  readonly #deaths = new StreamDeaths();
  readonly #refusals = new Refusals();
  #coolUntil = 0;
  #coolReason: Reason | undefined;
  #lastReason: Reason | undefined;
  #lastFailure: Failure | undefined;
  /** When it was last seen to answer, and to be down, by whomever. */
  #upAt = 0;
  #downAt = 0;
  /** Of the last `back` that was believed. Each is believed once, also when its writer's clock is ahead. */
  #backAt = 0;
  /** Until when others know that it is down. */
  #toldUntil = 0;

  constructor(config: BreakerConfig) {
    this.#breaker = new Breaker(config);
  }

  /** `affinity`: the conversation's place in [0, 1), asked for only while the host is ramping. */
  admit(affinity: () => number, now: number): Admission {
    const isCooling = now < this.#coolUntil;
    const admission = isCooling ? undefined : this.#breaker.admit(affinity, now);
    if (admission === 'admitted') return ADMITTED;
    if (admission === 'probe') return PROBE;
    return {
      admitted: false,
      reason: admission ?? this.#coolReason!,
      until: isCooling ? this.until(now) : this.#breaker.until(now),
      mayTryAnyway: isCooling ? MAY_PASS.has(this.#coolReason) : this.#mayPass(admission),
      failure: this.#lastFailure,
    };
  }

  /** A limit whose end the host has not told may end at any time too. */
  #mayPass(admission: BreakerAdmission | undefined): boolean {
    return admission === 'ramping' || MAY_PASS.has(this.#lastReason) || this.#lastReason === 'rate-limited';
  }

  /** Whether a stream may be committed at its first content: not after two have died one after the other. */
  get mayCommit(): boolean {
    return this.#deaths.inRow < MAY_DIE_IN_ROW;
  }

  /** An answer is committed that was asked for at `since`: what becomes of it is to be told by `succeeded`, `died` or `left`. */
  began(now: number, since: number): LiveStream {
    this.#breaker.began(now, since, this.mayCommit);
    return this.#deaths.begun(now);
  }

  /** The same, for a stream whose first content came after so long; undefined where that is far too late. */
  beganAfter(firstContentMs: number, patienceMs: number, now: number): LiveStream | undefined {
    // In trouble, nothing is usual.
    const isLearning = this.#breaker.state(now).name === 'closed';
    const isSlow = this.#slowStart.isSlow(firstContentMs, patienceMs, isLearning, now);
    return isSlow ? undefined : this.began(now, now - firstContentMs);
  }

  /** A retry is for what passes by itself: not in a row of failures, and not while the host is on trial. */
  mayRetry(now: number): boolean {
    return this.#breaker.isSound(now) && this.retries.withdraw();
  }

  /** The answer is whole. News when it ended an outage. */
  succeeded(now: number, stream?: LiveStream): News | undefined {
    this.#refusals.served();
    if (stream) this.#deaths.whole(stream, now);
    const wasDown = this.#breaker.state(now).name !== 'closed' && this.#toldUntil > 0;
    this.#breaker.succeeded(now, stream?.since);
    // What began before an outage ends well, and says nothing of it.
    this.#upAt = Math.max(this.#upAt, stream?.since ?? now);
    if (!wasDown || !IS_BACK.has(this.#breaker.state(now).name)) return undefined;
    this.#toldUntil = 0;
    return { state: 'back', until: now, reason: this.#lastReason ?? 'server-error', at: now };
  }

  /** The stream says nothing of the host: its client left, or had no more time. */
  left(stream: LiveStream): void {
    this.#deaths.left(stream);
  }

  /** The stream broke off after the commit point. */
  died(stream: LiveStream, verdict: Verdict, failure: Failure, now: number): News | undefined {
    const inRow = this.#deaths.died(stream, now);
    this.#note(verdict, failure, now);
    this.#breaker.failed(now, false, verdict.restMs);
    if (inRow >= this.#breaker.failuresInRow) this.#breaker.trip(now, verdict.restMs);
    return this.#untold(now);
  }

  /** News when it is down for others too, and they do not know yet. */
  failed(verdict: Verdict, failure: Failure, now: number): News | undefined {
    const until = now + (verdict.cooldownMs ?? 0);
    if (until > now || verdict.countsAgainstHealth) this.#note(verdict, failure, now);
    if (until > now && until > this.#coolUntil) {
      this.#coolUntil = until;
      this.#coolReason = verdict.reason;
    }
    if (verdict.countsAgainstHealth) this.#breaker.failed(now, failure.kind === 'timeout', verdict.restMs);
    else this.#breaker.abandon();
    return this.#untold(now);
  }

  /** Refused in unknown words what another host has served. True once the host itself must be at fault. */
  refused(message: string, conversation: number): boolean {
    return this.#refusals.refused(message, conversation);
  }

  /** What somebody else has seen. Later than what is known here, or it changes nothing. */
  learn(news: News, now: number): void {
    if (news.state === 'back') this.#learnBack(news, now);
    else if (news.at > this.#upAt && news.until > now) this.#learnDown(news, now);
  }

  /** An admitted probe ended without an outcome. */
  abandoned(): void {
    this.#breaker.abandon();
  }

  /** When a request may come again. */
  until(now: number): number {
    return Math.max(this.#coolUntil, this.#breaker.until(now));
  }

  state(now: number): LinkHealthState {
    const breaker = this.#breaker.state(now);
    const isCooling = now < this.#coolUntil;
    const state = isCooling ? 'cooling' : breaker.name === 'closed' ? 'healthy' : breaker.name;
    return {
      state,
      reason: isCooling ? this.#coolReason : state === 'healthy' ? undefined : this.#lastReason,
      until: state === 'healthy' ? undefined : this.until(now),
      stage: breaker.name === 'ramping' ? RAMP_SHARES[breaker.stage]! * 100 : undefined,
    };
  }

  #note(verdict: Verdict, failure: Failure, now: number): void {
    this.#lastReason = verdict.reason;
    this.#lastFailure = failure;
    this.#downAt = now;
  }

  #learnDown({ until, reason, at }: News, now: number): void {
    // A word of a later version.
    const known = isReason(reason) ? reason : 'server-error';
    this.#toldUntil = Math.max(this.#toldUntil, until);
    this.#downAt = Math.max(this.#downAt, Math.min(at, now));
    if (until <= this.until(now)) return;
    this.#lastReason = known;
    if (MAY_PASS.has(known)) this.#breaker.hold(until, now);
    else {
      this.#coolUntil = until;
      this.#coolReason = known;
      this.#lastFailure = undefined;
    }
  }

  #learnBack({ at }: News, now: number): void {
    if (at <= this.#downAt || at <= this.#backAt) return;
    this.#backAt = at;
    this.#upAt = Math.max(this.#upAt, Math.min(at, now));
    const { name } = this.#breaker.state(now);
    if (now >= this.#coolUntil && name !== 'open' && name !== 'half-open') return;
    this.#coolUntil = 0;
    this.#toldUntil = 0;
    this.#breaker.recover(now);
  }

  /** A cooldown for a failure that may pass is this environment's luck; an open breaker, or a sure failure, is everybody's. */
  #untold(now: number): News | undefined {
    const breaker = this.#breaker.state(now);
    const openUntil = breaker.name === 'open' ? breaker.until : 0;
    const coolUntil = MAY_PASS.has(this.#coolReason) ? 0 : this.#coolUntil;
    const until = Math.max(openUntil, coolUntil);
    const told = Math.max(now, this.#toldUntil);
    if (until <= told || (told > now && until - told < WORTH_TELLING_MS)) return undefined;
    this.#toldUntil = until;
    const reason = coolUntil === until ? this.#coolReason : this.#lastReason;
    return { state: 'down', until, reason: reason ?? 'server-error', at: now };
  }
}
