import { noteRefusals } from './note-refusals';
import type { ChainContext, ChainOutcome } from './chain-context';
import { Walk } from './walk';

type Answered = Extract<ChainOutcome, { kind: 'answered' }>;

/** Links in order until one answers; another model only when the same one is nowhere to be had. Never rejects for anything a host does. */
export async function runChain(context: ChainContext): Promise<ChainOutcome> {
  const { plan, signal } = context;
  const same = new Walk(plan.chain, plan.lastResort.length + plan.onRefusal.length, context);
  const first = await same.run();
  if (first?.kind === 'answered') {
    noteRefusals(same.failed, context);
    return afterRefusal(first, context);
  }
  if (first) return first;
  // What another model finds wrong with the request, this one may not: the client hears why this one did not answer.
  const other = new Walk(plan.lastResort, 0, context, ({ kind }) => kind !== 'returned');
  const last = signal.aborted || same.isRequestsFault ? undefined : await other.run();
  if (last) return last;
  if (signal.aborted) return { kind: 'client-gone' };
  const failures = same.failures.size > 0 ? same.failures : other.failures;
  return {
    kind: 'exhausted',
    unable: [...same.unable, ...other.unable],
    drained: [...same.drained, ...other.drained],
    failures: [...plan.chain, ...plan.lastResort].flatMap((link) => failures.get(link) ?? []),
  };
}

/** A refusal stands where every other model refuses too, or cannot be had. */
async function afterRefusal(answered: Answered, context: ChainContext): Promise<ChainOutcome> {
  if (!isRefusal(answered)) return answered;
  const isEnd = (end: ChainOutcome): boolean =>
    end.kind === 'answered' ? !isRefusal(end) : end.kind === 'client-gone';
  return (await new Walk(context.plan.onRefusal, 0, context, isEnd).run()) ?? answered;
}

const isRefusal = ({ answer: { ended } }: Answered): boolean => !(ended instanceof Promise) && ended.isRefusal === true;
