import type { ChainContext, ChainOutcome } from './chain-context';
import { noteRefusals } from './note-refusals';
import { walk } from './walk';

type Answered = Extract<ChainOutcome, { kind: 'answered' }>;

/** Links in order until one answers; another model only when the same one is nowhere to be had. Never rejects for anything a host does. */
export async function runChain(context: ChainContext): Promise<ChainOutcome> {
  const { plan, signal } = context;
  const { chain, lastResort, onRefusal } = plan;
  const same = await walk(chain, lastResort.length + onRefusal.length, context);
  if (same.end?.kind === 'answered') {
    noteRefusals(same.failed, context);
    return onRefusal.length > 0 ? afterRefusal(same.end, context) : same.end;
  }
  if (same.end) return same.end;
  // What another model finds wrong with the request, this one may not: the client hears why this one did not answer.
  const others = signal.aborted || same.isRequestsFault ? [] : lastResort;
  const other = await walk(others, 0, context, ({ kind }) => kind !== 'returned');
  if (other.end) return other.end;
  if (signal.aborted) return { kind: 'client-gone' };
  const failures = same.failures.size > 0 ? same.failures : other.failures;
  return {
    kind: 'exhausted',
    unable: [...same.unable, ...other.unable],
    drained: [...same.drained, ...other.drained],
    failures: [...chain, ...lastResort].flatMap((link) => failures.get(link) ?? []),
  };
}

/** A refusal stands where every other model refuses too, or cannot be had. */
async function afterRefusal(answered: Answered, context: ChainContext): Promise<ChainOutcome> {
  if (!isRefusal(answered)) return answered;
  const isEnd = (stop: ChainOutcome): boolean =>
    stop.kind === 'answered' ? !isRefusal(stop) : stop.kind === 'client-gone';
  return (await walk(context.plan.onRefusal, 0, context, isEnd)).end ?? answered;
}

const isRefusal = ({ answer: { ended } }: Answered): boolean => !(ended instanceof Promise) && ended.isRefusal === true;
