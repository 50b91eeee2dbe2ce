import type { AlarmState, Suppressor } from './alarm';

export type HeldBy = 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod';

/** Actions that a composite alarm took, or held back because of its suppressor. */
export interface ActionStep {
  readonly at: number;
  readonly state: AlarmState;
  readonly heldBy?: HeldBy;
}

/** "Suppressing composite alarm actions": what happens to a composite alarm's actions between its states and its suppressor's. */
export class HeldActions {
  #held: { readonly by: HeldBy; readonly until: number } | undefined;
  #suppressing = false;
  #state: AlarmState = 'INSUFFICIENT_DATA';

  constructor(private readonly periods: Pick<Suppressor, 'waitMs' | 'extensionMs'>) {}

  /** Both states as they are now. */
  step(now: number, state: AlarmState, suppressing: boolean): ActionStep[] {
    const steps: ActionStep[] = [];
    const expire = (at: number): void => {
      this.#held = undefined;
      steps.push({ at, state: this.#state });
    };
    // A period that ended between two minutes ended before what happens in this one.
    if (this.#held !== undefined && this.#held.until < now) expire(this.#held.until);
    if (this.#held !== undefined && suppressing) this.#held = { by: 'Alarm', until: Infinity };
    if (this.#held?.by === 'Alarm' && this.#suppressing && !suppressing) {
      this.#held = { by: 'ExtensionPeriod', until: now + this.periods.extensionMs };
    }
    this.#suppressing = suppressing;
    if (state !== this.#state) {
      this.#state = state;
      this.#held = suppressing
        ? { by: 'Alarm', until: Infinity }
        : { by: 'WaitPeriod', until: now + this.periods.waitMs };
      steps.push({ at: now, state, heldBy: this.#held.by });
    }
    if (this.#held !== undefined && this.#held.until <= now) expire(now);
    return steps;
  }
}
