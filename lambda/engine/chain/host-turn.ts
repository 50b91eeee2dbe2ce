import type { HostFailure } from '../dialect';
import { classify, faultOf } from '../failure/classify';
import type { Failure, Reason } from '../failure/failure';
import type { Verdict } from '../failure/verdict';
import type { HostCall } from '../host';
import { fullJitter } from '../time/backoff';
import { sleep } from '../time/deadline';
import { attempt, type AttemptResult } from './attempt';
import { type Attempted, recordAttempt } from './attempted';
import { type ChainContext, type ChainOutcome, isOver } from './chain-context';
import { followAnswer } from './follow-answer';
import type { Link } from './plan';

type TurnEnd = Exclude<ChainOutcome, { kind: 'exhausted' }> | { readonly kind: 'next'; readonly fault?: HostFailure };

/** Failures that another key of the same host may not have. */
const KEY_FAULTS: ReadonlySet<Reason> = new Set(['rate-limited', 'quota', 'billing', 'credential', 'permission']);

/** What a refused connection is to everything that sees it, with nothing sent. */
const DRILLED: AttemptResult = {
  ok: false,
  failure: { kind: 'connection', message: 'drill: refused on purpose, by an operator', elapsedMs: 0 },
};

/** How many links come after one. */
export interface Later {
  readonly sameModel: number;
  readonly otherModels: number;
}

/** All a host is asked within one request: its keys in turn, one adaptation, quick retries, one short wait for a rate limit. */
export class HostTurn {
  readonly #triedKeys = new Set<string>();
  #quickRetries: number;
  #mayAdapt = true;
  #mayRefresh = true;
  #mayWait = true;

  constructor(
    private readonly link: Link,
    private readonly later: Later,
    private readonly isProbe: boolean,
    private readonly context: ChainContext,
  ) {
    this.#quickRetries = link.retry.quickRetries;
  }

  async take(): Promise<TurnEnd> {
    const { link, context } = this;
    const { health, clock, overrides } = context.state;
    const { healthScope, host } = link;
    health.asked(host.name, healthScope);
    for (;;) {
      const key = link.keys?.pick(clock.now(), this.#triedKeys);
      if (link.keys && key === undefined) {
        context.trace.add(host.name, 'no-key-left');
        this.#abandon();
        return { kind: 'next' };
      }
      const call = this.#call(key);
      const started = clock.now();
      context.trace.attempts += 1;
      const number = context.trace.attempts;
      const result = overrides.isDrilled(host.name, started)
        ? DRILLED
        : await attempt(link, call, context, (failure) => this.#lastWords(failure));
      const attempted: Attempted = { link, call, number, elapsedMs: clock.now() - started };
      if (context.signal.aborted) {
        this.#abandon();
        if (result.ok) result.answer.discard();
        context.trace.add(host.name, 'client-gone');
        recordAttempt(context, attempted, 'client-gone', result, undefined, result.usage?.());
        return { kind: 'client-gone' };
      }
      if (result.ok) {
        context.trace.add(host.name, 'ok');
        followAnswer(result, attempted, context, () => this.#abandon());
        return { kind: 'answered', answer: result.answer };
      }
      const { failure } = result;
      const verdict = this.#classify(failure);
      context.trace.add(host.name, verdict.reason);
      recordAttempt(context, attempted, verdict.reason, result, verdict, result.usage?.());
      const step = await this.#decide(verdict, failure, call);
      if (step === 'again') continue;
      const { reason, owner } = verdict;
      const fault = { host: host.name, failure, reason, owner };
      if (step === 'return') {
        // The host is sound: it judged the request. What the deadline cut off says nothing.
        if (failure.kind === 'timeout') this.#abandon();
        else health.succeeded(host.name, healthScope, clock.now());
        return { kind: 'returned', fault };
      }
      health.failed(host.name, healthScope, this.#withKeyCooldown(verdict), failure, clock.now());
      return { kind: 'next', fault };
    }
  }

  async #decide(verdict: Verdict, failure: Failure, call: HostCall): Promise<'again' | 'return' | 'next'> {
    const { link, context } = this;
    if (verdict.action === 'return') return 'return';
    if (!this.#mayGoOn()) return verdict.action === 'retry' ? verdict.whenRetriesUsed : 'next';
    if (verdict.action === 'adapt' && this.#mayAdapt && this.#learn(failure, call)) return 'again';
    if (verdict.refreshCredential && this.#mayRefresh) {
      this.#mayRefresh = false;
      if (await link.host.refreshCredential(call.key)) return 'again';
    }
    if (this.#turnKey(verdict, call.key)) return 'again';
    const wait = verdict.reason === 'rate-limited' ? verdict.retryAfterMs : undefined;
    if (wait !== undefined && this.#mayWait && wait <= link.retry.rateLimitWaitMaxMs) {
      this.#mayWait = false;
      this.#triedKeys.clear();
      return this.#pause(wait);
    }
    if (verdict.action !== 'retry' || verdict.refreshCredential) return 'next';
    const { health, clock, random } = context.state;
    if (this.#quickRetries > 0 && health.mayRetry(link.host.name, link.healthScope, clock.now())) {
      this.#quickRetries -= 1;
      return this.#pause(fullJitter(link.retry.quickRetryMaxMs, random));
    }
    return verdict.whenRetriesUsed;
  }

  /** Another attempt here must leave one to each host that is still to be tried. */
  #mayGoOn(): boolean {
    const { plan, trace } = this.context;
    const { sameModel, otherModels } = this.later;
    return !isOver(this.context) && trace.attempts + sameModel + otherModels < plan.budget.maxAttempts;
  }

  /** A wait that the deadline would not survive means the next host now. */
  async #pause(ms: number): Promise<'again' | 'next'> {
    const { deadline, state, signal } = this.context;
    if (ms >= deadline.remaining()) return 'next';
    await sleep(state.clock, ms, signal);
    return signal.aborted ? 'next' : 'again';
  }

  #learn(failure: Failure, call: HostCall): boolean {
    if (failure.kind !== 'http' && failure.kind !== 'stream') return false;
    const { state } = this.context;
    const { host, model } = this.link;
    this.#mayAdapt = false;
    const learned = state.adaptations.learn(host, model, failure.facts, call, state.clock.now());
    if (learned) state.observer.adapted(host.name, model);
    return learned !== undefined;
  }

  #lastWords(failure: Failure): Uint8Array {
    const { dialect, requestId } = this.context.plan;
    const fault = faultOf(this.link.host, failure, this.context.state.clock.now());
    return dialect.errorEvent(dialect.failure(fault, requestId));
  }

  #abandon(): void {
    const { host, healthScope } = this.link;
    if (this.isProbe) this.context.state.health.abandoned(host.name, healthScope);
  }

  /** The host is back when its first key is. */
  #withKeyCooldown(verdict: Verdict): Verdict {
    const now = this.context.state.clock.now();
    const next = KEY_FAULTS.has(verdict.reason) ? this.link.keys?.nextAvailable(now) : undefined;
    if (next === undefined || (verdict.cooldownMs === undefined && next <= now)) return verdict;
    return { ...verdict, cooldownMs: Math.max(0, next - now) };
  }

  /** To the next key, where there is one. */
  #turnKey(verdict: Verdict, key: string | undefined): boolean {
    const { keys, host } = this.link;
    if (!keys || key === undefined || !KEY_FAULTS.has(verdict.reason)) return false;
    const now = this.context.state.clock.now();
    this.#triedKeys.add(key);
    // A single key is set aside for what is sure alone: with others, one that is in doubt costs nobody anything.
    const coolMs = verdict.cooldownMs ?? (keys.size > 1 ? verdict.restMs : undefined);
    if (coolMs !== undefined) {
      keys.cool(key, now + coolMs);
      this.context.state.observer.keySetAside(host.name, key, verdict.reason);
    }
    return keys.pick(now, this.#triedKeys) !== undefined;
  }

  #call(key: string | undefined): HostCall {
    const { plan, state } = this.context;
    const { host, model } = this.link;
    const { client, endpoint, upstreamStream: stream, headers } = plan;
    const { bytes, body } = this.link.request ?? plan;
    const lesson = { endpoint, body, headers };
    const adaptation = state.adaptations.get(host, model, lesson, state.clock.now());
    return { ...lesson, model, client, stream, bytes, adaptation, key };
  }

  #classify(failure: Failure): Verdict {
    const { schema, errors } = this.link.host;
    // Another model's word on the request would say nothing of this one's.
    const anotherHostLeft = this.later.sameModel > 0;
    return classify(failure, { schema, anotherHostLeft, now: this.context.state.clock.now() }, errors.table);
  }
}
