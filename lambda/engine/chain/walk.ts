import type { HostFailure } from '../dialect';
import { faultOf } from '../failure/classify';
import { type ChainContext, type ChainOutcome, isOver } from './chain-context';
import { HostTurn } from './host-turn';
import { inability, lacking } from './inability';
import type { Link } from './plan';

interface Permit {
  readonly probe: boolean;
}

type Stop = Exclude<ChainOutcome, { kind: 'exhausted' }>;

/** One way along some links, in order. */
export interface Walk {
  /** What it ended with; undefined where it came to nothing. */
  readonly end: Stop | undefined;
  readonly unable: readonly string[];
  /** Hosts that an operator has taken out. */
  readonly drained: readonly string[];
  /** What links have failed with in this request. */
  readonly failed: ReadonlyMap<Link, HostFailure>;
  /** The same, and what had put aside those that were skipped. */
  readonly failures: ReadonlyMap<Link, HostFailure>;
  /** No link is out of order: each that was asked found fault with the request, and the others have no way to serve it. */
  readonly isRequestsFault: boolean;
}

/** `reserved`: attempts that are left to links of other walks. `isEnd`: what it ends with; anything else is no reason not to go on. */
export async function walk(
  links: readonly Link[],
  reserved: number,
  context: ChainContext,
  isEnd: (stop: Stop) => boolean = () => true,
): Promise<Walk> {
  const { plan, state, trace } = context;
  const failed = new Map<Link, HostFailure>();
  const skipped = new Map<Link, HostFailure>();
  const recovering: Link[] = [];
  const unable: string[] = [];
  const drained: string[] = [];
  let isRequestsFault = true;

  const noteUnable = ({ host }: Link, reason: string | undefined): boolean => {
    if (reason === undefined) return false;
    trace.add(host.name, reason);
    unable.push(`${host.name}: ${reason}`);
    return true;
  };

  const isAble = (link: Link): boolean => {
    const { name } = link.host;
    if (state.overrides.drainedUntil(name, state.clock.now()) === undefined) {
      return !noteUnable(link, inability(link, plan));
    }
    trace.add(name, 'skipped-drained');
    drained.push(name);
    isRequestsFault = false;
    return false;
  };

  const admit = (link: Link): Permit | undefined => {
    const { name } = link.host;
    const now = state.clock.now();
    const admission = state.health.admit(name, link.healthScope, plan.conversation, now);
    if (admission.admitted) return admission;
    trace.add(name, `skipped-${admission.reason}`);
    isRequestsFault = false;
    if (admission.failure) skipped.set(link, faultOf(link.host, admission.failure, now));
    if (admission.mayTryAnyway) recovering.push(link);
    return undefined;
  };

  const take = async (some: readonly Link[], permit: (link: Link) => Permit | undefined): Promise<Stop | undefined> => {
    for (const [index, link] of some.entries()) {
      if (isOver(context)) return undefined;
      const { host } = link;
      if (host.cannotCarry && noteUnable(link, await host.cannotCarry((link.request ?? plan).body, link.model)))
        continue;
      const permitted = permit(link);
      if (!permitted) continue;
      const later = { sameModel: some.length - index - 1, otherModels: reserved };
      const end = await new HostTurn(link, later, permitted.probe, context).take();
      if (end.kind !== 'next' && isEnd(end)) return end;
      const fault = 'fault' in end ? end.fault : undefined;
      isRequestsFault &&= fault?.owner === 'request';
      if (fault !== undefined) failed.set(link, withFeature(fault, lacking(link, plan)));
    }
    return undefined;
  };

  const end =
    (await take(knownToServeFirst(links.filter(isAble), context), admit)) ??
    // A host that merely recovers is a better bet than a certain failure. One that hung is not, once others have said no, nor while
    // there are others to ask.
    (await take(
      recovering.filter(
        (link) => (trace.attempts === 0 && reserved === 0) || skipped.get(link)?.failure.kind !== 'timeout',
      ),
      () => ({ probe: false }),
    ));
  return { end, unable, drained, failed, failures: new Map([...skipped, ...failed]), isRequestsFault };
}

/** A host that must refuse is worse than one that might take the request, and better than none. */
function knownToServeFirst(links: readonly Link[], { plan, trace }: ChainContext): readonly Link[] {
  if (plan.features.length === 0) return links;
  const last = links.filter((link) => {
    const feature = lacking(link, plan);
    if (feature !== undefined) trace.add(link.host.name, `lacks-${feature}`);
    return feature !== undefined;
  });
  return last.length === 0 ? links : [...links.filter((link) => !last.includes(link)), ...last];
}

function withFeature(fault: HostFailure, lacks: string | undefined): HostFailure {
  return lacks === undefined ? fault : { ...fault, lacks };
}
