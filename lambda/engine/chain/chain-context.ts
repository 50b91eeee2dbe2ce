import type { Answer } from '../answer';
import type { HostFailure } from '../dialect';
import type { Health } from '../health/health';
import type { Overrides } from '../health/overrides';
import type { Clock, Random } from '../time/clock';
import type { Deadline } from '../time/deadline';
import type { AdaptationMemory } from './adaptation-memory';
import type { ChainObserver, Plan } from './plan';
import type { Trace } from './trace';

/** What outlives a request. */
export interface ChainState {
  readonly clock: Clock;
  readonly random: Random;
  readonly health: Health;
  readonly overrides: Overrides;
  readonly adaptations: AdaptationMemory;
  readonly observer: ChainObserver;
}

/** What belongs to one request. */
export interface ChainContext {
  readonly plan: Plan;
  readonly state: ChainState;
  readonly trace: Trace;
  readonly deadline: Deadline;
  /** The client is gone. */
  readonly signal: AbortSignal;
}

/** What came of a request. */
export type ChainOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** The request's own fault, or the caller's: no other host would answer otherwise. */
  | { readonly kind: 'returned'; readonly fault: HostFailure }
  /** Failures in the order of the chain, or where it had none those of the last resort; a host skipped for its health stands there with the one that put it aside. */
  | {
      readonly kind: 'exhausted';
      readonly failures: readonly HostFailure[];
      readonly unable: readonly string[];
      /** Hosts that an operator has taken out. */
      readonly drained: readonly string[];
    }
  | { readonly kind: 'client-gone' };

export function isOver({ plan, trace, deadline, signal }: ChainContext): boolean {
  return signal.aborted || deadline.remaining() <= 0 || trace.attempts >= plan.budget.maxAttempts;
}
