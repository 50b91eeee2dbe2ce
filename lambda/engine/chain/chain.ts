import type { AdaptationMemory } from './adaptation-memory';
import type { Answer } from './attempt';
import type { Clock, Random } from '../time/clock';
import type { Deadline } from '../time/deadline';
import type { Failure } from '../failure/failure';
import type { Health } from '../health/health';
import { HostTurn } from './host-turn';
import { inability } from './inability';
import type { Overrides } from '../health/overrides';
import type { ChainHost, ChainObserver, Plan } from './plan';
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

interface Permit {
  readonly probe: boolean;
}

export interface HostFailure {
  readonly host: string;
  readonly failure: Failure;
}

export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** The request's own fault, or the caller's: no other host would answer otherwise. */
  | { readonly kind: 'returned'; readonly fault: HostFailure }
  /** Failures in the order of the chain; a host skipped for its health stands there with the one that put it aside. */
  | {
      readonly kind: 'exhausted';
      readonly failures: readonly HostFailure[];
      readonly unable: readonly string[];
      /** Hosts that an operator has taken out. */
      readonly drained: readonly string[];
    }
  | { readonly kind: 'client-gone' };

/** Hosts in order until one answers. Never rejects for anything a host does. */
export async function runChain(context: ChainContext): Promise<Outcome> {
  const { plan, state, trace } = context;
  const failures = new Map<string, Failure>();
  const unable: string[] = [];
  const drained: string[] = [];
  const lastResort: ChainHost[] = [];

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

  const admit = (link: ChainHost): Permit | undefined => {
    const admission = state.health.admit(link.host.name, plan.healthScope, plan.conversation, state.clock.now());
    if (admission.admitted) return admission;
    trace.add(link.host.name, `skipped-${admission.reason}`);
    if (admission.failure) failures.set(link.host.name, admission.failure);
    if (admission.mayTryAnyway) lastResort.push(link);
    return undefined;
  };

  const walk = async (links: readonly ChainHost[], permit: (link: ChainHost) => Permit | undefined) => {
    for (const [index, link] of links.entries()) {
      if (isOver(context)) return undefined;
      const permitted = permit(link);
      if (!permitted) continue;
      const end = await new HostTurn(link, links.slice(index + 1), permitted.probe, context).take();
      if (end.kind !== 'next') return end;
      if (end.failure) failures.set(link.host.name, end.failure);
    }
    return undefined;
  };

  const outcome =
    (await walk(able, admit)) ??
    // A host that merely recovers is a better bet than a certain failure. One that hung is not, once others have said no.
    (await walk(
      lastResort.filter((link) => trace.attempts === 0 || failures.get(link.host.name)?.kind !== 'timeout'),
      () => ({ probe: false }),
    ));
  if (outcome) return outcome;
  if (context.signal.aborted) return { kind: 'client-gone' };
  return {
    kind: 'exhausted',
    unable,
    drained,
    failures: plan.chain.flatMap(({ host }) => {
      const failure = failures.get(host.name);
      return failure ? [{ host: host.name, failure }] : [];
    }),
  };
}

export function isOver({ plan, trace, deadline, signal }: ChainContext): boolean {
  return signal.aborted || deadline.remaining() <= 0 || trace.attempts >= plan.budget.maxAttempts;
}
