import { arrange } from '../engine/chain/arrange';
import { runChain } from '../engine/chain/chain';
import type { ChainContext, ChainOutcome, ChainState } from '../engine/chain/chain-context';
import type { Plan } from '../engine/chain/plan';
import { Trace } from '../engine/chain/trace';
import { Deadline } from '../engine/time/deadline';

/** One request on its way through its chain. */
export interface Run {
  readonly context: ChainContext;
  readonly outcome: Promise<ChainOutcome>;
}

async function inspected(end: ChainOutcome, { inspect }: Plan): Promise<ChainOutcome> {
  return end.kind === 'answered' && inspect ? { ...end, answer: await inspect(end.answer) } : end;
}

/** Runs a plan, whoever made it. `timeLeftMs`: how long the process itself lives on, where it has an end. */
export function run(planned: Plan, state: ChainState, signal: AbortSignal, timeLeftMs = Infinity): Run {
  const plan = arrange(planned, state);
  const context = contextOf(plan, state, signal, timeLeftMs);
  const outcome = runChain(context);
  return { context, outcome: plan.inspect ? outcome.then((end) => inspected(end, plan)) : outcome };
}

export const contextOf = (plan: Plan, state: ChainState, signal: AbortSignal, timeLeftMs = Infinity): ChainContext => ({
  plan,
  state,
  trace: new Trace(),
  deadline: new Deadline(state.clock, Math.min(plan.budget.deadlineMs, timeLeftMs)),
  signal,
});
