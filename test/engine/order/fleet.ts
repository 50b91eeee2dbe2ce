import type { FigureEntry } from '../../../lib/contract';
import { arrange } from '../../../lambda/engine/chain/arrange';
import { Figures } from '../../../lambda/engine/order/figures';
import { Homes } from '../../../lambda/engine/order/homes';
import type { Ordering } from '../../../lambda/engine/order/ordering';
import { bySpeed } from '../../../lambda/engine/order/orderings';
import { answers, FakeHost, setUpChain, type ChainSetup } from '../fake-host';
import { seeded } from '../../../bench/scale/simulation/random';

const REFRESH_MS = 5000;

interface Process {
  readonly setup: ChainSetup;
  readonly ordering: Ordering;
  readonly figures: Figures;
  readAt: number;
}

/** Processes that order by speed and share what they see by one table, as routers do, in a time of their own. */
export class Fleet {
  readonly table = new Map<string, FigureEntry>();
  /** How often each figure has been told. */
  told = 0;
  readonly random = seeded(7);
  readonly #processes: Process[];
  #now = 1_700_000_000_000;

  constructor(
    private readonly names: readonly string[],
    processes: number,
    readonly probes = 0.02,
  ) {
    this.#processes = Array.from({ length: processes }, () => this.#process());
  }

  get now(): number {
    return this.#now;
  }

  /** Time goes by, for everybody. */
  pass(ms: number): void {
    this.#now += ms;
  }

  /** Where a conversation begins, or goes on, in one of the processes. `latency`: what the host's first content takes. */
  ask(conversation: number, turns: number, latency: (host: string) => number, process?: number): string {
    const one = this.#processes[process ?? Math.floor(this.random() * this.#processes.length)]!;
    if (this.#now - one.readAt >= REFRESH_MS) {
      one.readAt = this.#now;
      one.figures.learn([...this.table.values()], this.#now);
    }
    const { plan, state } = one.setup.context;
    const arranged = arrange(
      {
        ...plan,
        ordering: one.ordering,
        conversation: () => conversation,
        turn: () => ({ conversation, turns }),
      },
      { ...state, clock: { now: () => this.#now, timer: state.clock.timer } },
    );
    const [link] = arranged.chain;
    one.ordering.began?.(link!, latency(link!.host.name), this.#now);
    return link!.host.name;
  }

  /** So many new conversations, one after the other; the share of each host in them. */
  run(times: number, everyMs: number, latency: (host: string) => number): Readonly<Record<string, number>> {
    const shares: Record<string, number> = Object.fromEntries(this.names.map((name) => [name, 0]));
    for (let index = 0; index < times; index += 1) {
      this.pass(everyMs);
      shares[this.ask(this.random(), 0, latency)]! += 1 / times;
    }
    return shares;
  }

  #process(): Process {
    const figures = new Figures((entry) => {
      this.told += 1;
      const key = `${entry.name} ${entry.host}`;
      if ((this.table.get(key)?.at ?? 0) < entry.at) this.table.set(key, entry);
    });
    const ordering: Ordering = {
      ...bySpeed(new Homes(), (link, turns, now) => figures.value('first-content', link, turns, now)),
      probes: this.probes,
      began: (link, ms, now) => figures.sample('first-content', link, ms, now),
    };
    const setup = setUpChain(this.names.map((name) => new FakeHost(name, [answers])));
    return { setup, ordering, figures, readAt: 0 };
  }
}
