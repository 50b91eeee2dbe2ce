import { attempt, type AttemptResult } from './attempt';
import { fullJitter } from '../time/backoff';
import { isOver, type ChainContext, type Outcome } from './chain';
import { classify } from '../failure/classify';
import { sleep } from '../time/deadline';
import { failureDetail, type Failure, type Reason, type Verdict } from '../failure/failure';
import type { HostCall } from '../host';
import type { ChainHost } from './plan';
import { hostRequestId } from '../../wire/anthropic/error/response-headers';

export type TurnEnd = Exclude<Outcome, { kind: 'exhausted' }> | { readonly kind: 'next'; readonly failure?: Failure };

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
    private readonly link: ChainHost,
    private readonly later: readonly ChainHost[],
    private readonly isProbe: boolean,
    private readonly context: ChainContext,
  ) {
    this.#quickRetries = link.retry.quickRetries;
  }

  async take(): Promise<TurnEnd> {
    const { link, context } = this;
    const { health, clock } = context.state;
    const { name } = link.host;
    const { healthScope } = context.plan;
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
      const result = context.state.overrides.isDrilled(name, started) ? DRILLED : await attempt(link, call, context);
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
        return { kind: 'returned', fault: { host: name, failure } };
      }
      health.failed(name, healthScope, this.#withKeyCooldown(verdict), failure, clock.now());
      return { kind: 'next', failure };
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
    const { state, plan } = this.context;
    const { host } = this.link;
    this.#mayAdapt = false;
    const now = state.clock.now();
    const learned = state.adaptations.learn(host.name, host.kind, plan.model, failure.facts, call, now);
    if (learned) state.observer.adapted(host.name, plan.model);
    return learned !== undefined;
  }

  #abandon(): void {
    const { state, plan } = this.context;
    if (this.isProbe) state.health.abandoned(this.link.host.name, plan.healthScope);
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
    return {
      endpoint: plan.endpoint,
      model: plan.model,
      stream: plan.upstreamStream,
      bytes: plan.bytes,
      body: plan.body,
      headers: plan.headers,
      adaptation: state.adaptations.get(this.link.host.name, plan.model, state.clock.now()),
      key,
    };
  }

  #classify(failure: Failure): Verdict {
    const { host } = this.link;
    return classify(failure, {
      schema: host.schema,
      anthropicSchemaHostLeft: this.later.some((link) => link.host.schema === 'anthropic'),
      largerHostLeft: this.later.some((link) => link.host.maxBodyBytes > host.maxBodyBytes),
      now: this.context.state.clock.now(),
    });
  }

  #record(
    call: HostCall,
    started: number,
    outcome: Reason | 'ok' | 'client-gone',
    result: AttemptResult,
    verdict?: Verdict,
  ): void {
    const { plan, state, trace } = this.context;
    const { name } = this.link.host;
    trace.add(name, outcome);
    const answered = result.ok ? result.answer : result.failure.kind === 'http' ? result.failure : undefined;
    state.observer.attempt({
      requestId: plan.requestId,
      attempt: trace.attempts,
      host: name,
      model: plan.model,
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
