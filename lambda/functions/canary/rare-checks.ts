import { type CanaryResult, type CanaryShape, FINDINGS, type Finding, OTHER_SHAPES } from '../../../lib/contract';
import type { Check, CheckResult } from './checks/check';

/** What has come of a check of a last resort when it was last made. */
export type LastOutcome = Pick<CheckResult, 'host' | 'model' | 'shape' | 'outcome'>;

/** More often than the alarm looks at a time. */
const AGAIN_MINUTES = 10;

/**
 * Checks of last resorts. They are made so rarely that what is broken would look whole in between, and what is whole like what was
 * broken before: each round says again what came of them, and what fails and costs nothing is asked again before its turn.
 */
export class RareChecks {
  readonly #last = new Map<string, LastOutcome>();

  /** What another environment of the canary has seen. */
  recall(results: readonly CanaryResult[], isMade: (check: Check) => boolean): void {
    for (const { host, model, shape, outcome } of results) {
      if (!isOther(shape) || !isOutcome(outcome) || !isMade({ host, model, shape })) continue;
      const key = keyOf({ host, model, shape });
      if (!this.#last.has(key)) this.#last.set(key, { host, model, shape, outcome });
    }
  }

  note(results: readonly LastOutcome[]): void {
    for (const { host, model, shape, outcome } of results) {
      if (isOther(shape)) this.#last.set(keyOf({ host, model, shape }), { host, model, shape, outcome });
    }
  }

  /** Who is down takes no money. */
  dueAgain(minute: number, intervalMinutes: number): readonly Check[] {
    if (minute % Math.max(AGAIN_MINUTES, intervalMinutes) >= intervalMinutes) return [];
    return [...this.#last.values()].flatMap(({ host, model, shape, outcome }) =>
      outcome !== 'ok' && FINDINGS[outcome].isDown ? [{ host, model, shape }] : [],
    );
  }

  /** Of those that a round has not made. */
  without(made: readonly Check[]): readonly LastOutcome[] {
    const keys = new Set(made.map(keyOf));
    return [...this.#last].flatMap(([key, last]) => (keys.has(key) ? [] : [last]));
  }
}

const keyOf = ({ host, model, shape }: Check): string => [host, model, shape].join('\n');
const isOther = (shape: string): shape is CanaryShape => (OTHER_SHAPES as readonly string[]).includes(shape);
const isOutcome = (outcome: string): outcome is 'ok' | Finding => outcome === 'ok' || Object.hasOwn(FINDINGS, outcome);
