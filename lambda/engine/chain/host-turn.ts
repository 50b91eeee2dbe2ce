import type { HostFailure } from '../dialect';
import { classify, faultOf } from '../failure/classify';
import { failureDetail, type Failure, type Reason } from '../failure/failure';
import type { Verdict } from '../failure/verdict';
import { type HostCall } from '../host';
import { hostRequestId } from '../headers';
import { fullJitter } from '../time/backoff';
import { sleep } from '../time/deadline';
import { attempt, type AttemptResult } from './attempt';
import { type ChainContext, type ChainOutcome, isOver } from './chain-context';
import type { Link } from './plan';

type TurnEnd = Exclude<ChainOutcome, { kind: 'exhausted' }> | { readonly kind: 'next'; readonly fault?: HostFailure };

/** Failures that another key of the same host may not have. */
const KEY_FAULTS: ReadonlySet<Reason> = new Set(['rate-limited', 'quota', 'billing', 'credential', 'permission']);

/** What a refused connection is to everything that sees it, with nothing sent. */
const DRILLED: AttemptResult = {
  ok: false,
  failure: { kind: 'connection', message: 'drill: refused on purpose, by an operator', elapsedMs: 0 },
};

/** All a host is asked within one request: its keys in turn, one adaptation, quick retries, one short wait for a rate limit. */
export class HostTurn {
  readonly #triedKeys = new Set<string>();
  #quickRetries: number;
  #mayAdapt = true;
  #mayRefresh = true;
  #mayWait = true;

  constructor(
    private readonly link: Link,
    private readonly later: readonly Link[],
    private readonly isProbe: boolean,
    private readonly context: ChainContext,
  ) {
    this.#quickRetries = link.retry.quickRetries;
  }

  async take(): Promise<TurnEnd> {
    const { link, context } = this;
    const { health, clock } = context.state;
    const { name } = link.host;
    const { healthScope } = link;
    for (;;) {
      const key = link.keys?.pick(clock.now(), this.#triedKeys);
      if (link.keys && key === undefined) {
        context.trace.add(name, 'no-key-left');
        this.#abandon();
        return { kind: 'next' };
      }
      const call = this.#call(key);
      const started = clock.now();
      context.trace.attempts += 1;
      const result = context.state.overrides.isDrilled(name, started)
        ? DRILLED
        : await attempt(link, call, context, (failure) => this.#lastWords(failure));
      if (context.signal.aborted) {
        this.#abandon();
        if (result.ok) result.answer.discard();
        this.#record(call, started, 'client-gone', result);
        return { kind: 'client-gone' };
      }
      if (result.ok) {
        health.succeeded(name, healthScope, clock.now());
        this.#record(call, started, 'ok', result);
        return { kind: 'answered', answer: result.answer };
      }
      const { failure } = result;
      const verdict = this.#classify(failure);
      this.#record(call, started, verdict.reason, result, verdict);
      const step = await this.#decide(verdict, failure, call);
      if (step === 'again') continue;
      if (step === 'return') {
        // The host is sound: it judged the request. What the deadline cut off says nothing.
        if (failure.kind === 'timeout') this.#abandon();
        else health.succeeded(name, healthScope, clock.now());
        return { kind: 'returned', fault: { host: name, failure, reason: verdict.reason } };
      }
      health.failed(name, healthScope, this.#withKeyCooldown(verdict), failure, clock.now());
      return { kind: 'next', fault: { host: name, failure, reason: verdict.reason } };
    }
  }

  async #decide(verdict: Verdict, failure: Failure, call: HostCall): Promise<'again' | 'return' | 'next'> {
    const { link, context } = this;
    if (verdict.action === 'return') return 'return';
    if (isOver(context)) return 'next';
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
    if (this.#quickRetries > 0) {
      this.#quickRetries -= 1;
      return this.#pause(fullJitter(link.retry.quickRetryMaxMs, context.state.random));
    }
    return verdict.whenRetriesUsed;
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
    return next === undefined ? verdict : { ...verdict, cooldownMs: Math.max(0, next - now) };
  }

  #turnKey(verdict: Verdict, key: string | undefined): boolean {
    const { keys, host } = this.link;
    if (!keys || key === undefined || !KEY_FAULTS.has(verdict.reason)) return false;
    const now = this.context.state.clock.now();
    this.#triedKeys.add(key);
    keys.cool(key, now + (verdict.cooldownMs ?? 0));
    this.context.state.observer.keySetAside(host.name, key, verdict.reason);
    return keys.pick(now, this.#triedKeys) !== undefined;
  }

  #call(key: string | undefined): HostCall {
    const { plan, state } = this.context;
    const { host, model } = this.link;
    return {
      endpoint: plan.endpoint,
      model,
      stream: plan.upstreamStream,
      bytes: plan.bytes,
      body: plan.body,
      headers: plan.headers,
      adaptation: state.adaptations.get(host.name, model, state.clock.now()),
      key,
    };
  }

  #classify(failure: Failure): Verdict {
    const { host } = this.link;
    const situation = {
      schema: host.schema,
      currentSchemaHostLeft: this.later.some((link) => link.host.schema === 'current'),
      largerHostLeft: this.later.some((link) => link.host.maxBodyBytes > host.maxBodyBytes),
      now: this.context.state.clock.now(),
    };
    return classify(failure, situation, host.errors.table);
  }

  #record(
    call: HostCall,
    started: number,
    outcome: Reason | 'ok' | 'client-gone',
    result: AttemptResult,
    verdict?: Verdict,
  ): void {
    const { plan, state, trace } = this.context;
    const { host, model } = this.link;
    trace.add(host.name, outcome);
    const answered = result.ok ? result.answer : result.failure.kind === 'http' ? result.failure : undefined;
    state.observer.attempt({
      requestId: plan.requestId,
      attempt: trace.attempts,
      host: host.name,
      model,
      key: call.key,
      outcome,
      row: verdict?.row,
      status: answered?.status,
      hostRequestId: answered && hostRequestId(answered.headers),
      detail: result.ok ? undefined : failureDetail(result.failure),
      elapsedMs: state.clock.now() - started,
    });
  }
}
