import type { Usage } from '../../engine/answer';
import type { Plan } from '../../engine/chain/plan';
import type { UsualAnswers } from '../../engine/allowance/usual';
import type { Clock } from '../../engine/time/clock';
import { countedUser, NOBODY, userDigest, userOf } from '../plan/user';
import type { Admission } from './admission';
import type { Allowances, OpenAllowance } from './table/allowances';
import type { BatchLedger } from './batched/batch-ledger';
import { BatchSpend } from './batched/batch-spend';
import { Charge } from './charge';
import { estimateOf, usualKey } from './estimate';
import type { KnownLimits } from './limits/known-limits';
import type { Operating } from './wire/operating';
import { outputOf, type Prices } from './prices';
import { limitReached } from './refusals';
import type { Reserving } from './reserving';
import type { Telling } from './telling';

/** Of a limit, from which on somebody is told. */
const SOFT = 0.8;
/** How long an answer that is complete may be kept from ending. */
const SETTLE_MS = 1000;
/** So long ago is now, for who asks once more although there is nothing left. */
const FRESH_MS = 250;

export interface SpendParts {
  readonly prices: Prices;
  /** A model that nobody knows the price of counts as nothing. */
  readonly isUnknownFree: boolean;
  readonly clock: Clock;
  readonly limits: KnownLimits;
  readonly allowances: Allowances;
  readonly reserving: Reserving;
  readonly usual: UsualAnswers;
  readonly telling: Telling;
  readonly operating: Operating;
  readonly batchLedger: BatchLedger;
}

/** What requests may cost, and have cost. */
export class Spend {
  readonly #noticed = new WeakSet<object>();

  readonly batches: BatchSpend;

  constructor(readonly parts: SpendParts) {
    this.batches = new BatchSpend(this, parts.batchLedger);
  }

  /** Holds back what a request may cost. Throws a `GatewayError` where there is nothing left. */
  charge(plan: Plan): Charge {
    const { limits, allowances } = this.parts;
    const asker = { team: plan.client, user: countedUser(plan.headers, plan.body), model: plan.model };
    const amount = estimateOf(this.parts, {
      ...plan,
      places: plan.chain.map(({ host, model }) => ({ host: host.name, model })),
      bytes: plan.bytes.length,
    });
    const open = limits.whenKnown((known) => known.of(asker).map((limit) => allowances.open(limit)));
    if (open instanceof Promise) {
      const answer = open.then((some) => this.#answer(some, amount, plan, false));
      return new Charge(this, plan, { amount, open, answer });
    }
    const now = this.parts.clock.now();
    const full = open.find(({ allowance, limit }) => (allowance.known(FRESH_MS) ?? 0) + amount > limit.share);
    if (full) {
      this.parts.telling.refused(plan.client, full.limit);
      throw limitReached(full, amount, now);
    }
    const isFar = open.every(({ allowance, limit }) => allowance.isFar(amount, limit.share));
    const answer = this.#answer(open, amount, plan, isFar);
    return new Charge(this, plan, { amount, open, answer: isFar ? undefined : answer });
  }

  /** Of the user for whom it is asked, where limits are of users and it names one. */
  user({ client = '', headers, body }: Plan): string | undefined {
    const user = userOf(headers, body);
    return this.parts.limits.limits.haveUsers && user !== NOBODY ? userDigest(client, user) : undefined;
  }

  price(host: string, model: string, usage: Usage): number {
    const { micros } = this.parts.prices.of(host, model, usage);
    if (micros === undefined) this.parts.telling.unpriced(model);
    return micros ?? 0;
  }

  isCounted(usage: Usage | undefined): usage is Usage {
    return usage !== undefined && this.parts.prices.of('', '', usage).tokens > 0;
  }

  learn(plan: Plan, usage: Usage): void {
    const { tokens } = this.parts.prices.of('', '', usage);
    const output = outputOf(usage);
    this.parts.usual.learn(usualKey(plan.client, plan.model), plan.bytes.length, tokens - output, output);
  }

  /** Puts what a request has cost in the place of what was held for it. */
  settle({ open }: Admission, cost: number): void {
    if (open instanceof Promise) void open.then((some) => this.#settle(some, cost));
    else this.#settle(open, cost);
  }

  /** Until all is written, or a second has passed. */
  async settled(): Promise<void> {
    const { allowances, clock } = this.parts;
    // What ends in the same turn has told what it cost by then.
    await new Promise(setImmediate);
    const written = Promise.all(allowances.all.map((allowance) => allowance.flushed()));
    await new Promise<void>((resolve) => {
      const timer = clock.timer(SETTLE_MS, resolve);
      void written.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  #answer(open: readonly OpenAllowance[], amount: number, { client }: Plan, isPatient: boolean): Admission['answer'] {
    const { reserving, telling, clock } = this.parts;
    if (open.length === 0) return undefined;
    return reserving.reserve(open, amount, isPatient).then((refused) => {
      for (const each of open) this.look(each);
      if (refused === undefined || 'error' in refused) return refused?.error;
      telling.refused(client, refused.limit);
      return limitReached(refused, amount, clock.now());
    });
  }

  #settle(open: readonly OpenAllowance[], cost: number): void {
    for (const each of open) {
      const { allowance, held } = each;
      const wasRefused = held?.reservation.state === 'refused';
      if (cost > 0 || (held !== undefined && !wasRefused)) allowance.settle(cost, wasRefused ? undefined : held);
      this.look(each);
    }
  }

  /** Somebody is told when most of a limit is used up: once in a window, by whichever process sees it. */
  look({ allowance, limit }: OpenAllowance): void {
    const used = allowance.known(Infinity) ?? 0;
    // Of a limit of nothing, nothing can be used up.
    if (limit.share === 0 || used < limit.share * SOFT || this.#noticed.has(allowance)) return;
    this.#noticed.add(allowance);
    allowance.notice().then(
      (isFirst) => isFirst && this.parts.telling.notice(limit, used),
      () => this.#noticed.delete(allowance),
    );
  }
}
