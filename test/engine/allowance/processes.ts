import { Allowance, type Held } from '../../../lambda/engine/allowance/allowance';
import type { AccountStore } from '../../../lambda/engine/allowance/account-state';
import type { Clock } from '../../../lambda/engine/time/clock';
import type { VirtualClock } from '../virtual-clock';

/** One process that spends, with a clock of its own. */
export class SpendingProcess {
  readonly allowance: Allowance;
  /** What it has granted, and what it has been told of costs. */
  granted = 0;
  refused = 0;
  /** Asked while the table did not answer. */
  unknown = 0;
  settled = 0;
  isDead = false;

  constructor(
    readonly name: string,
    store: AccountStore,
    clock: VirtualClock,
    skewMs: number,
    place: number,
  ) {
    const own: Clock = {
      now: () => clock.now() + skewMs,
      timer: (ms, fire) => clock.timer(ms, () => void (this.isDead || fire())),
    };
    this.allowance = new Allowance(
      (shard) => `item ${shard}`,
      { store: alive(store, this), clock: own, process: name },
      place,
    );
  }

  /** One request: held, then settled at its cost once it is over. */
  async spend(
    amount: number,
    limit: number,
    cost: number,
    over: Promise<void>,
  ): Promise<'granted' | 'refused' | 'unknown'> {
    let held: Held | undefined;
    let answer: 'granted' | 'refused' | 'unknown';
    try {
      answer = (await this.allowance.reserve(amount, limit, (taken) => (held = taken))) ? 'granted' : 'refused';
    } catch {
      answer = 'unknown';
    }
    if (this.isDead) return answer;
    this[answer] += 1;
    await over;
    if (this.isDead) return answer;
    // Whoever is not let in costs nothing, and what may be held for it is given back.
    const paid = answer === 'granted' ? cost : 0;
    if (answer !== 'refused') this.allowance.settle(paid, held);
    this.settled += paid;
    return answer;
  }
}

/** What a dead process has sent may arrive; what comes back does not. */
function alive(store: AccountStore, process: SpendingProcess): AccountStore {
  const unlessDead = <T>(sent: () => Promise<T>): Promise<T> =>
    process.isDead
      ? new Promise(() => {})
      : sent().then(
          (value) => (process.isDead ? new Promise<never>(() => {}) : value),
          (error: unknown) => (process.isDead ? new Promise<never>(() => {}) : Promise.reject(error)),
        );
  return {
    change: (...given) => unlessDead(() => store.change(...given)),
    read: (...given) => unlessDead(() => store.read(...given)),
    sweep: (...given) => unlessDead(() => store.sweep(...given)),
    notice: (...given) => unlessDead(() => store.notice(...given)),
    spread: (...given) => unlessDead(() => store.spread(...given)),
  };
}

/** Lets virtual time pass, with all that happens in it. */
export async function pass(clock: VirtualClock, ms: number, step = 5): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    await settled();
    clock.advance(Math.min(step, ms - passed));
  }
  await settled();
}

/** Promises that wait for nothing but each other. */
export async function settled(): Promise<void> {
  await new Promise(setImmediate);
}
