import type { Clock } from '../../engine/time/clock';
import type { GatewayError } from '../gateway-error';
import type { OpenAllowance } from './table/allowances';
import { tableDown } from './refusals';
import type { Telling } from './telling';

/** A request that may go on without the table does not wait longer for it. */
const PATIENCE_MS = 1000;

/** Holds back in every allowance that a request falls under. */
export class Reserving {
  constructor(
    private readonly isOpen: boolean,
    private readonly clock: Clock,
    private readonly telling: Telling,
  ) {}

  /** The one that has no room, or the error where the table cannot say and nothing goes on without; undefined where it may go on. */
  async reserve(
    open: readonly OpenAllowance[],
    amount: number,
    isPatient: boolean,
  ): Promise<OpenAllowance | { readonly error: GatewayError } | undefined> {
    const answers = await Promise.all(open.map((each) => this.#in(each, amount, isPatient)));
    const refused = open.find((_, index) => answers[index] === false);
    if (refused) return refused;
    if (!answers.includes(undefined)) return undefined;
    this.telling.unchecked(this.isOpen);
    return this.isOpen ? undefined : { error: tableDown() };
  }

  /** Undefined where the table does not say. */
  async #in(open: OpenAllowance, amount: number, isPatient: boolean): Promise<boolean | undefined> {
    const { allowance, limit } = open;
    if (allowance.isDown) return undefined;
    const asked = allowance
      .reserve(amount, limit.share, (held) => (open.held = held), isPatient)
      .catch(() => undefined);
    if (!this.isOpen || isPatient) return asked;
    return new Promise((resolve) => {
      const timer = this.clock.timer(PATIENCE_MS, () => resolve(undefined));
      void asked.then((answer) => {
        timer.cancel();
        resolve(answer);
      });
    });
  }
}
