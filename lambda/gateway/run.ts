import { arrange } from '../engine/chain/arrange';
import { runChain } from '../engine/chain/chain';
import type { ChainContext, ChainOutcome, ChainState } from '../engine/chain/chain-context';
import type { Plan } from '../engine/chain/plan';
import { Trace } from '../engine/chain/trace';
import { Deadline } from '../engine/time/deadline';
import type { CacheMark } from './cache/cache-mark';

/** One request on its way through its chain. */
export interface Run {
  readonly context: ChainContext;
  readonly outcome: Promise<ChainOutcome>;
}

/** What a request has come to. */
export interface Served {
  readonly context: ChainContext;
  readonly end: ChainOutcome;
  /** What the response cache had to do with it. @default - it was not looked at */
  readonly cache?: CacheMark;
}

/** Runs a plan, whoever made it. `timeLeftMs`: how long the process itself lives on, where it has an end. */
export function run(planned: Plan, state: ChainState, signal: AbortSignal, timeLeftMs?: number): Run {
  const context = contextOf(arrange(planned, state), state, signal, timeLeftMs);
  return { context, outcome: runChain(context) };
}

export async function ended({ context, outcome }: Run): Promise<Served> {
  return { context, end: await outcome };
}

export const contextOf = (plan: Plan, state: ChainState, signal: AbortSignal, timeLeftMs = Infinity): ChainContext => ({
  plan,
  state,
  trace: new Trace(),
  deadline: new Deadline(state.clock, Math.min(plan.budget.deadlineMs, timeLeftMs)),
  signal,
});
