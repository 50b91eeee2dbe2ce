import type { ClientLimits } from '../../../../lib/contract';
import type { Headers } from '../../../engine/headers';
import { minuteTotal, msUntilFreed, slotAt } from '../../../engine/limits/slots';
import { UsualUse } from '../../../engine/limits/usual-use';
import type { Clock } from '../../../engine/time/clock';
import type { Full } from '../refused';
import { Ledger } from './ledger';
import { LedgerKeeper, type LedgerTable } from './ledger-keeper';
import { limitHeaders } from './limit-headers';

/** Below this part of every limit nobody waits to hear of the others: it takes them a while to use up the rest. */
const FAR = 0.5;
/** What is known of the others for so long is good enough for that. */
const FRESH_MS = 1000;
/** Nobody is refused by what is older. */
const STALE_MS = 250;
/** When a place is free again, nobody can say. */
const A_MOMENT_MS = 1000;

/** A request that is under way, to be ended once. */
export interface Entry {
  /** `used`: tokens of the prompt, without what a cache had of it, and of the answer. @default - no host has said any */
  leave(used?: { readonly input: number; readonly output: number }): void;
}

/** What a team may have under way and use in a minute: exact in this process, and as the table has it of the others. */
export class TeamLimits {
  readonly #ledger: Ledger;
  readonly #keeper: LedgerKeeper;
  readonly #usual = new UsualUse();
  readonly #waiting = new Set<() => void>();

  constructor(
    name: string,
    private readonly limits: ClientLimits,
    private readonly clock: Clock,
    table: LedgerTable | undefined,
  ) {
    this.#ledger = new Ledger(name);
    this.#keeper = new LedgerKeeper(this.#ledger, clock, table);
  }

  get headers(): Headers {
    return limitHeaders(this.limits, this.#ledger, this.clock.now());
  }

  settle(): Promise<void> | undefined {
    return this.#keeper.settle();
  }

  /** Takes its place, or says what it has to wait for. `bytes`: of the prompt; `most`: tokens that the answer may have. */
  async enter(bytes: number, most: number): Promise<Entry | Full> {
    const estimate = Math.min(this.#usual.estimate(bytes, most), this.limits.tokensPerMinute ?? Infinity);
    let full = this.#full(estimate, 1);
    // What stands in the way may be long over.
    if (full && this.#ledger.ageMs(this.clock.now()) >= STALE_MS) {
      await this.#keeper.exchange();
      full = this.#full(estimate, 1);
    }
    if (full) return full;
    const entry = this.#take(estimate, bytes);
    const now = this.clock.now();
    if (this.#isFar() && this.#ledger.ageMs(now) < FRESH_MS) {
      this.#keeper.tell();
      return entry;
    }
    await this.#keeper.exchange();
    const tooMany = this.#full(0, 0);
    if (tooMany === undefined) return entry;
    entry.undo();
    return this.#full(estimate, 1) ?? tooMany;
  }

  /** When a request of this process has ended; or `ms` are over. */
  freed(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        timer.cancel();
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = this.clock.timer(ms, wake);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted) wake();
    });
  }

  #take(estimate: number, bytes: number): Entry & { undo(): void } {
    const ledger = this.#ledger;
    const now = this.clock.now();
    const slot = slotAt(now);
    const { concurrent, requestsPerMinute, tokensPerMinute } = this.limits;
    const hold = (change: number): void => {
      if (concurrent !== undefined) ledger.hold(change, this.clock.now());
    };
    const use = (requests: number, tokens: number): void => {
      if (requestsPerMinute !== undefined) ledger.add('requests', slot, requests);
      if (tokensPerMinute !== undefined) ledger.add('tokens', slot, tokens);
    };
    const end = (): void => {
      hold(-1);
      this.#keeper.tell();
      for (const wake of [...this.#waiting]) wake();
    };
    use(1, estimate);
    hold(1);
    return {
      undo() {
        use(-1, -estimate);
        end();
      },
      leave: (used) => {
        const more = used === undefined ? -estimate : used.input + used.output - estimate;
        if (used) this.#usual.learn(bytes, used.input, used.output);
        const later = this.clock.now();
        // In the place of the estimate; what goes beyond it has been used only now.
        if (tokensPerMinute !== undefined) ledger.add('tokens', more > 0 ? slotAt(later) : slot, more);
        end();
      },
    };
  }

  #isFar(): boolean {
    const now = this.clock.now();
    const { concurrent = Infinity, requestsPerMinute = Infinity, tokensPerMinute = Infinity } = this.limits;
    return (
      this.#ledger.leased(now) <= concurrent * FAR &&
      minuteTotal(this.#ledger.slots('requests'), now) <= requestsPerMinute * FAR &&
      minuteTotal(this.#ledger.slots('tokens'), now) <= tokensPerMinute * FAR
    );
  }

  /** What is full with so many more. */
  #full(tokens: number, requests: number): Full | undefined {
    const now = this.clock.now();
    const { concurrent = Infinity, requestsPerMinute = Infinity, tokensPerMinute = Infinity } = this.limits;
    const perMinute = [
      ['requests', requests, requestsPerMinute, `send ${requestsPerMinute} requests a minute`],
      ['tokens', tokens, tokensPerMinute, `use ${tokensPerMinute} tokens a minute`],
    ] as const;
    if (this.#ledger.leased(now) + requests > concurrent) {
      return { why: `this client may have ${concurrent} requests at a time`, waitMs: A_MOMENT_MS };
    }
    for (const [kind, more, limit, what] of perMinute) {
      const slots = this.#ledger.slots(kind);
      const tooMuch = minuteTotal(slots, now) + more - limit;
      if (tooMuch > 0) return { why: `this client may ${what}`, waitMs: msUntilFreed(slots, tooMuch, now) };
    }
    return undefined;
  }
}
