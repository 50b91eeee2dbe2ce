import type { Usage } from '../../engine/answer';
import type { ChainOutcome, ChainState } from '../../engine/chain/chain-context';
import type { AttemptRecord, ChainObserver, Plan } from '../../engine/chain/plan';
import { tokensIn } from '../../wire/anthropic/answer/delivered';
import type { Telemetry } from '../telemetry/telemetry';
import type { Run, run } from '../run';
import { countedBody, type Delivered } from './counted-body';
import type { Admission } from './admission';
import { refusedOutcome } from './refused-outcome';
import type { Spend } from './spend';
import { outputOf } from './prices';

/** One request and what it costs: all of its attempts that a host has told tokens of. */
export class Charge {
  readonly #delivered: Delivered = { letters: 0 };
  #attempts = 0;
  #isSettled = false;

  constructor(
    private readonly spend: Spend,
    private readonly plan: Plan,
    private readonly admission: Admission,
  ) {}

  /** Runs it, by `start`, while the table is asked: nobody gets an answer before it is known that there is room. */
  run(start: typeof run, state: ChainState, signal: AbortSignal, timeLeftMs?: number): Run {
    const { plan } = this;
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    const { context, outcome } = start(
      plan,
      { ...state, observer: this.#observer(state.observer) },
      gone.signal,
      timeLeftMs,
    );
    const { answer } = this.admission;
    if (answer) void answer.then((refusal) => refusal && gone.abort());
    const checked = async (): Promise<ChainOutcome> => {
      const end = await outcome.catch((error: unknown) => {
        // An answer that is kept back, as by a guardrail that cannot be asked, is paid for, and nobody tells of it.
        this.#settle(this.admission.amount);
        throw error;
      });
      const refusal = await answer;
      if (refusal === undefined) return this.#watched(end, () => signal.removeEventListener('abort', leave));
      signal.removeEventListener('abort', leave);
      await this.#giveBack(end);
      return refusedOutcome(refusal, plan.requestId);
    };
    return { context, outcome: checked() };
  }

  /** Hears what became of it, as telemetry does. */
  telemetry(telemetry: Telemetry): Telemetry {
    return {
      ...telemetry,
      request: (record, asked) => {
        const { host, usage, answeredBy, model = this.plan.model, stopReason, outcome, cache } = record;
        const isCut = outcome !== 'answered' && stopReason === undefined;
        // What is given again has been paid.
        const isFree = host === undefined || cache === 'stale';
        const answer = isFree ? 0 : this.#answerCost(host, answeredBy ?? model, usage, isCut);
        this.#settle(answer);
        const user = this.spend.user(this.plan);
        telemetry.request(user === undefined ? record : { ...record, user }, asked);
      },
    };
  }

  #answerCost(host: string, model: string, usage: Usage | undefined, isCut: boolean): number {
    const { spend, admission } = this;
    // A host that has counted nothing has not said that it was nothing.
    if (!spend.isCounted(usage)) return isCut ? 0 : admission.amount;
    if (!isCut) {
      spend.learn(this.plan, usage);
      return spend.price(host, model, usage);
    }
    const output = Math.max(outputOf(usage), tokensIn(this.#delivered.letters));
    return spend.price(host, model, { ...usage, output_tokens: output });
  }

  #settle(answer: number): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.spend.settle(this.admission, answer + this.#attempts);
  }

  /** Attempts that came to nothing, and are paid for all the same. */
  #observer(observer: ChainObserver): ChainObserver {
    return {
      ...observer,
      attempt: (record: AttemptRecord) => {
        const { host, model, usage } = record;
        if (this.spend.isCounted(usage)) this.#attempts += this.spend.price(host, model, usage);
        observer.attempt(record);
      },
    };
  }

  #watched(end: ChainOutcome, over: () => void): ChainOutcome {
    if (end.kind !== 'answered' || end.answer.body instanceof Uint8Array) {
      over();
      return end;
    }
    return { ...end, answer: { ...end.answer, body: countedBody(end.answer.body, this.#delivered, over) } };
  }

  /** An answer that nobody may have is ended, and what its host has told of it is paid. */
  async #giveBack(end: ChainOutcome): Promise<void> {
    if (end.kind !== 'answered') return;
    const { body, ended, host, model } = end.answer;
    if (!(body instanceof Uint8Array)) {
      // Only what has begun can be ended.
      const chunks = body[Symbol.asyncIterator]();
      await chunks.next();
      await chunks.return?.();
    }
    const { usage } = await ended;
    if (this.spend.isCounted(usage)) this.#attempts += this.spend.price(host, model, usage);
  }
}
