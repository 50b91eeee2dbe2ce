import type { Usage } from '../answer';
import type { ChainState } from '../chain/chain-context';
import type { Link, Plan } from '../chain/plan';

/** A route's order, and what it has to be told so that it can go by it. */
export interface Ordering {
  /** The links of the plan as this conversation is to try them. */
  arrange(plan: Plan, state: ChainState): readonly Link[];
  /** The plan is settled, by whomever: its conversation begins there, or goes on. */
  begins?(plan: Plan, state: ChainState): void;
  /** Share of the conversations that begin at any of the hosts, so that each is known. @default - the route's trickle, at the fallbacks */
  readonly probes?: number;
  /** A host's first content has come, be it for a client that waits for the whole answer. */
  began?(link: Link, firstContentMs: number, now: number): void;
  /** What the tokens of an answer to the plan were. */
  ended?(host: string, usage: Usage, plan: Plan, now: number): void;
}
