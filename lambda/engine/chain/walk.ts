import type { HostFailure } from '../dialect';
import { faultOf } from '../failure/classify';
import { type ChainContext, type ChainOutcome, isOver } from './chain-context';
import { HostTurn } from './host-turn';
import { inability, lacking } from './inability';
import type { Link } from './plan';

interface Permit {
  readonly probe: boolean;
}

type WalkEnd = Exclude<ChainOutcome, { kind: 'exhausted' }>;

/** One way along some links, in order, until one of them answers. */
export class Walk {
  readonly unable: string[] = [];
  /** Hosts that an operator has taken out. */
  readonly drained: string[] = [];
  /** What links have failed with in this request. */
  readonly failed = new Map<Link, HostFailure>();
  /** Of links that were skipped: what put them aside. */
  readonly #skipped = new Map<Link, HostFailure>();
  /** Links that recover, and may be tried if there is nothing better. */
  readonly #recovering: Link[] = [];
  #isOut = false;

  /** `reserved`: attempts that are left to links of other walks. `isEnd`: what the walk ends with; anything else is no reason not to go on. */
  constructor(
    private readonly links: readonly Link[],
    private readonly reserved: number,
    private readonly context: ChainContext,
    private readonly isEnd: (end: WalkEnd) => boolean = () => true,
  ) {}

  get failures(): ReadonlyMap<Link, HostFailure> {
    return new Map([...this.#skipped, ...this.failed]);
  }

  /** No link is out of order: each that was asked found fault with the request, and the others have no way to serve it. */
  get isRequestsFault(): boolean {
    return !this.#isOut && this.drained.length === 0;
  }

  /** Undefined where none of them has answered. */
  async run(): Promise<WalkEnd | undefined> {
    const { trace } = this.context;
    const able = this.links.filter((link) => this.#isAble(link));
    return (
      (await this.#take(this.#knownToServeFirst(able), (link) => this.#admit(link))) ??
      // A host that merely recovers is a better bet than a certain failure. One that hung is not, once others have said no.
      this.#take(
        this.#recovering.filter((link) => trace.attempts === 0 || this.#skipped.get(link)?.failure.kind !== 'timeout'),
        () => ({ probe: false }),
      )
    );
  }

  async #take(links: readonly Link[], permit: (link: Link) => Permit | undefined) {
    const { context } = this;
    for (const [index, link] of links.entries()) {
      if (isOver(context)) return undefined;
      const lost = link.host.cannotCarry && (await link.host.cannotCarry(context.plan.body, link.model));
      if (lost !== undefined) {
        this.#noteUnable(link, lost);
        continue;
      }
      const permitted = permit(link);
      if (!permitted) continue;
      const later = { sameModel: links.length - index - 1, otherModels: this.reserved };
      const end = await new HostTurn(link, later, permitted.probe, context).take();
      if (end.kind !== 'next' && this.isEnd(end)) return end;
      this.#noteFailed(link, 'fault' in end ? end.fault : undefined);
    }
    return undefined;
  }

  #isAble(link: Link): boolean {
    const { plan, state, trace } = this.context;
    const { name } = link.host;
    if (state.overrides.drainedUntil(name, state.clock.now()) !== undefined) {
      trace.add(name, 'skipped-drained');
      this.drained.push(name);
      return false;
    }
    const reason = inability(link, plan);
    if (reason !== undefined) this.#noteUnable(link, reason);
    return reason === undefined;
  }

  #admit(link: Link): Permit | undefined {
    const { plan, state, trace } = this.context;
    const { name } = link.host;
    const now = state.clock.now();
    const admission = state.health.admit(name, link.healthScope, plan.conversation, now);
    if (admission.admitted) return admission;
    trace.add(name, `skipped-${admission.reason}`);
    this.#isOut = true;
    if (admission.failure) this.#skipped.set(link, faultOf(link.host, admission.failure, now));
    if (admission.mayTryAnyway) this.#recovering.push(link);
    return undefined;
  }

  /** A host that must refuse is worse than one that might take the request, and better than none. */
  #knownToServeFirst(links: readonly Link[]): readonly Link[] {
    const { plan, trace } = this.context;
    if (plan.features.length === 0) return links;
    const last = links.filter((link) => {
      const feature = lacking(link, plan);
      if (feature !== undefined) trace.add(link.host.name, `lacks-${feature}`);
      return feature !== undefined;
    });
    return last.length === 0 ? links : [...links.filter((link) => !last.includes(link)), ...last];
  }

  #noteUnable({ host }: Link, reason: string): void {
    this.context.trace.add(host.name, reason);
    this.unable.push(`${host.name}: ${reason}`);
  }

  #noteFailed(link: Link, fault: HostFailure | undefined): void {
    this.#isOut ||= fault?.owner !== 'request';
    if (fault === undefined) return;
    const lacks = lacking(link, this.context.plan);
    this.failed.set(link, lacks === undefined ? fault : { ...fault, lacks });
  }
}
