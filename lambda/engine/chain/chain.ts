import type { HostFailure } from '../dialect';
import { type ChainContext, type ChainOutcome, isOver } from './chain-context';
import { faultOf } from '../failure/classify';
import { HostTurn } from './host-turn';
import { inability } from './inability';
import type { Link } from './plan';

interface Permit {
  readonly probe: boolean;
}

/** Links in order until one answers. Never rejects for anything a host does. */
export async function runChain(context: ChainContext): Promise<ChainOutcome> {
  const { plan, state, trace } = context;
  const failures = new Map<string, HostFailure>();
  const unable: string[] = [];
  const drained: string[] = [];
  const lastResort: Link[] = [];

  const able = plan.chain.filter((link) => {
    if (state.overrides.drainedUntil(link.host.name, state.clock.now()) !== undefined) {
      trace.add(link.host.name, 'skipped-drained');
      drained.push(link.host.name);
      return false;
    }
    const reason = inability(link, plan);
    if (reason === undefined) return true;
    trace.add(link.host.name, reason);
    unable.push(`${link.host.name}: ${reason}`);
    return false;
  });

  const admit = (link: Link): Permit | undefined => {
    const { name } = link.host;
    const admission = state.health.admit(name, link.healthScope, plan.conversation, state.clock.now());
    if (admission.admitted) return admission;
    trace.add(name, `skipped-${admission.reason}`);
    if (admission.failure) failures.set(name, faultOf(link.host, admission.failure, state.clock.now()));
    if (admission.mayTryAnyway) lastResort.push(link);
    return undefined;
  };

  const walk = async (links: readonly Link[], permit: (link: Link) => Permit | undefined) => {
    for (const [index, link] of links.entries()) {
      if (isOver(context)) return undefined;
      const permitted = permit(link);
      if (!permitted) continue;
      const end = await new HostTurn(link, links.slice(index + 1), permitted.probe, context).take();
      if (end.kind !== 'next') return end;
      if (end.fault) failures.set(link.host.name, end.fault);
    }
    return undefined;
  };

  const outcome =
    (await walk(able, admit)) ??
    // A host that merely recovers is a better bet than a certain failure. One that hung is not, once others have said no.
    (await walk(
      lastResort.filter((link) => trace.attempts === 0 || failures.get(link.host.name)?.failure.kind !== 'timeout'),
      () => ({ probe: false }),
    ));
  if (outcome) return outcome;
  if (context.signal.aborted) return { kind: 'client-gone' };
  return {
    kind: 'exhausted',
    unable,
    drained,
    failures: plan.chain.flatMap(({ host }) => failures.get(host.name) ?? []),
  };
}
