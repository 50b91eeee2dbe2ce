import type { HostFailure } from '../dialect';
import { faultOf } from '../failure/classify';
import { HOST_CONFIG } from '../failure/rulings';
import type { Verdict } from '../failure/verdict';
import { type ChainContext, type ChainOutcome, isOver } from './chain-context';
import { HostTurn } from './host-turn';
import { inability, lacking } from './inability';
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
  /** Of this request: a host that is skipped shows an older one. */
  const refusals = new Map<Link, HostFailure>();

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
      if (end.fault === undefined) continue;
      failures.set(link.host.name, withFeature(end.fault, lacking(link, plan)));
      if (end.fault.reason === 'incompatible') refusals.set(link, end.fault);
    }
    return undefined;
  };

  const outcome =
    (await walk(knownToServeFirst(able, context), admit)) ??
    // A host that merely recovers is a better bet than a certain failure. One that hung is not, once others have said no.
    (await walk(
      lastResort.filter((link) => trace.attempts === 0 || failures.get(link.host.name)?.failure.kind !== 'timeout'),
      () => ({ probe: false }),
    ));
  if (outcome) {
    if (outcome.kind === 'answered') noteRefusals(refusals, context);
    return outcome;
  }
  if (context.signal.aborted) return { kind: 'client-gone' };
  return {
    kind: 'exhausted',
    unable,
    drained,
    failures: plan.chain.flatMap(({ host }) => failures.get(host.name) ?? []),
  };
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

const MISCONFIGURED: Verdict = {
  ...HOST_CONFIG,
  row: 37,
  whenRetriesUsed: 'next',
  countsAgainstHealth: false,
  cooldownMs: HOST_CONFIG.restMs,
  restMs: undefined,
  retryAfterMs: undefined,
  refreshCredential: false,
};

/**
 * Another host has served what these refused in words nobody knows, so that it was not the request. Requests with special
 * features do not count: a host may lack those and be sound for everybody else.
 */
function noteRefusals(refusals: ReadonlyMap<Link, HostFailure>, { plan, state }: ChainContext): void {
  if (refusals.size === 0 || plan.features.length > 0) return;
  for (const [{ host, healthScope }, { failure }] of refusals) {
    if (failure.kind !== 'http') continue;
    if (!state.health.refused(host.name, healthScope, failure.facts.message, plan.conversation())) continue;
    state.health.failed(host.name, healthScope, MISCONFIGURED, failure, state.clock.now());
    state.observer.misconfigured(host.name, plan.model);
  }
}
