import type { ChainContext, ChainOutcome } from './chain-context';
import { noteRefusals } from './note-refusals';
import { type Walk, walk } from './walk';

type Stop = Exclude<ChainOutcome, { kind: 'exhausted' }>;
type Answered = Extract<ChainOutcome, { kind: 'answered' }>;

/** Links in order until one answers; another model only when the same one is nowhere to be had. Never rejects for anything a host does. */
export async function runChain(context: ChainContext): Promise<ChainOutcome> {
  const { plan, signal, trace } = context;
  const { chain, fallbacks, lastResort, onRefusal } = plan;
  let left = fallbacks.flat().length + lastResort.length;
  const same = await walk(chain, left + onRefusal.length, context);
  if (same.end?.kind === 'answered') noteRefusals(same.failed, context);
  if (same.end) return afterRefusal(same.end, context);
  const walks = [same];
  // A request that is wrong is no outage.
  const others = [...(isWrong(same) ? [] : fallbacks), same.isRequestsFault ? [] : lastResort];
  for (const links of others) {
    if (signal.aborted) return { kind: 'client-gone' };
    left -= links.length;
    // What another model finds wrong with the request, this one may not: the client hears why this one did not answer.
    const other = await walk(links, left, context, ({ kind }) => kind !== 'returned');
    if (other.end) return links === lastResort ? other.end : afterRefusal(other.end, context);
    walks.push(other);
  }
  // Nobody could be asked: one that hung is better than none.
  const hung = trace.attempts === 0 && isHung(same) ? await walk(chain, 0, context) : undefined;
  if (hung?.end) return afterRefusal(hung.end, context);
  if (signal.aborted) return { kind: 'client-gone' };
  const telling = [...(hung ? [hung] : []), ...walks].find(({ failures }) => failures.size > 0)?.failures;
  return {
    kind: 'exhausted',
    unable: walks.flatMap(({ unable }) => unable),
    drained: walks.flatMap(({ drained }) => drained),
    failures: [...chain, ...fallbacks.flat(), ...lastResort].flatMap((link) => telling?.get(link) ?? []),
  };
}

/** For any model: a prompt that is too long for this one, or asks for what its hosts lack, may be none of that for the next. */
const isWrong = ({ isRequestsFault, failed }: Walk): boolean =>
  isRequestsFault && [...failed.values()].some(({ reason, lacks }) => reason !== 'too-large' && lacks === undefined);

const isHung = ({ failures }: Walk): boolean =>
  [...failures.values()].some(({ failure }) => failure.kind === 'timeout');

/** A refusal stands where every other model refuses too, or cannot be had. */
async function afterRefusal(end: Stop, context: ChainContext): Promise<ChainOutcome> {
  const { onRefusal } = context.plan;
  if (onRefusal.length === 0 || !isRefusal(end)) return end;
  const isEnd = (stop: Stop): boolean => (stop.kind === 'answered' ? !isRefusal(stop) : stop.kind === 'client-gone');
  return (await walk(onRefusal, 0, context, isEnd)).end ?? end;
}

function isRefusal(end: Stop): end is Answered {
  if (end.kind !== 'answered') return false;
  const { ended } = end.answer;
  return !(ended instanceof Promise) && ended.isRefusal === true;
}
