import type { Clock, Timer } from '../../../engine/time/clock';
import { RENEW_MS } from '../../../engine/limits/leases';
import { errorText } from '../../../runtime/error-text';
import type { Ledger } from './ledger';
import type { LedgerStore } from './ledger-store';

/** Nobody waits longer for the table; the process then goes by what it knows. */
const PATIENCE_MS = 250;
/** For how long a table that failed is left alone. */
const REST_MS = 5000;

export interface LedgerTable {
  open(): Promise<LedgerStore>;
  /** Told when the table cannot be used. */
  alone(problem: string): void;
  /** How long news may wait for more, where nobody waits for them. */
  readonly gatherMs: number;
}

/** Keeps a ledger and the table together: one exchange at a time, and no more than are of use. */
export class LedgerKeeper {
  #store: Promise<LedgerStore> | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #hasLeft = false;
  #gathering: Timer | undefined;
  #renewing: Timer | undefined;
  #restsUntil = -Infinity;

  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly table: LedgerTable | undefined,
  ) {}

  /** After it, the table knows all there was, and the ledger what the table knew; or the table cannot be used now. */
  async exchange(): Promise<void> {
    this.#renew();
    if (this.#isAlone()) return this.ledger.keepToItself(this.clock.now());
    await this.#withPatience(this.#running === undefined ? this.#start() : this.#joined(this.#running));
  }

  /** What has left already has left without the latest. */
  #joined(running: Promise<void>): Promise<void> {
    return this.#hasLeft ? (this.#next ??= running.then(() => this.#start())) : running;
  }

  /** Soon, without anybody waiting. */
  tell(): void {
    this.#renew();
    if (this.#isAlone()) return this.ledger.keepToItself(this.clock.now());
    const gatherMs = this.table!.gatherMs;
    if (gatherMs === 0) void this.exchange();
    else {
      this.#gathering ??= this.clock.timer(gatherMs, () => {
        this.#gathering = undefined;
        void this.exchange();
      });
    }
  }

  /** When nothing is on its way any more; undefined where nothing is. */
  settle(): Promise<void> | undefined {
    if (!this.ledger.hasNews && this.#running === undefined) return undefined;
    return this.exchange();
  }

  #isAlone(): boolean {
    return this.table === undefined || this.clock.now() < this.#restsUntil;
  }

  #start(): Promise<void> {
    this.#next = undefined;
    this.#hasLeft = false;
    this.#gathering?.cancel();
    this.#gathering = undefined;
    return (this.#running = this.#exchange().finally(() => (this.#running = undefined)));
  }

  async #exchange(): Promise<void> {
    try {
      const store = await (this.#store ??= this.table!.open());
      this.#hasLeft = true;
      await this.ledger.exchange(store, this.clock.now());
    } catch (error) {
      this.#restsUntil = this.clock.now() + REST_MS;
      this.table!.alone(`limits of clients: ${errorText(error)}`);
    }
  }

  /** A process that dies while it holds leases does not get here, and they end. */
  #renew(): void {
    if (this.ledger.held === 0) {
      this.#renewing?.cancel();
      this.#renewing = undefined;
      return;
    }
    this.#renewing ??= this.clock.timer(RENEW_MS, () => {
      this.#renewing = undefined;
      this.ledger.renew(this.clock.now());
      this.tell();
    });
  }

  #withPatience(exchange: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.clock.timer(PATIENCE_MS, resolve);
      void exchange.finally(() => {
        timer.cancel();
        resolve();
      });
    });
  }
}
