import type { Clock } from '../../lambda/engine/time/clock';
import { sleep } from '../../lambda/engine/time/deadline';
import type { Sample } from '../../local/client/ask';
import { measureDrill, type DrillRecord } from './measure';

export interface DrillPlan {
  readonly host: string;
  readonly model: string;
  /** Steady traffic before anything is broken. */
  readonly calmMs: number;
  /** How long the host is broken. */
  readonly brokenMs: number;
  /** Longest wait for the host's full return. */
  readonly returnMs: number;
  /** Between two requests. */
  readonly everyMs: number;
}

export interface DrillDeps {
  readonly clock: Clock;
  /** Sends one request; never rejects. */
  ask(count: number): Promise<Sample>;
  /** Breaks the host until that time, on every router. */
  breakHost(until: number): Promise<void>;
  /** Ends it before its time. */
  healHost(): Promise<void>;
  /** What is going on, for who watches. */
  tell(line: string): void;
}

/** Steady traffic through a calm, an outage on purpose, and the return. Whatever happens, the host is whole at the end. */
export async function runDrill(plan: DrillPlan, deps: DrillDeps, stop: AbortSignal): Promise<DrillRecord> {
  const { clock } = deps;
  const samples: Sample[] = [];
  const traffic = new Traffic(deps, samples, plan.everyMs);
  const startedAt = clock.now();
  let brokenAt = Infinity;
  let healedAt = Infinity;
  const record = (): DrillRecord => ({
    host: plan.host,
    model: plan.model,
    startedAt,
    brokenAt: Math.min(brokenAt, clock.now()),
    healedAt: Math.min(healedAt, clock.now()),
    endedAt: clock.now(),
    isCutShort: stop.aborted,
    samples: samples.toSorted((a, b) => a.at - b.at),
  });
  traffic.start();
  try {
    deps.tell(`steady traffic on ${plan.model}`);
    await sleep(clock, plan.calmMs, stop);
    if (stop.aborted) return record();
    brokenAt = clock.now();
    healedAt = brokenAt + plan.brokenMs;
    await deps.breakHost(healedAt);
    deps.tell(`${plan.host} is broken`);
    await sleep(clock, healedAt - clock.now(), stop);
    if (stop.aborted) healedAt = clock.now();
    else deps.tell(`${plan.host} is whole again; waiting for its full return`);
    const giveUp = healedAt + plan.returnMs;
    while (!stop.aborted && clock.now() < giveUp && measureDrill(record()).fullReturnMs === undefined) {
      await sleep(clock, plan.everyMs, stop);
    }
  } finally {
    // Also where it has ended by itself: a clock of ours that runs late would leave it broken for as long.
    if (brokenAt < Infinity) await deps.healHost();
    await traffic.end();
  }
  return record();
}

class Traffic {
  readonly #under = new Set<Promise<void>>();
  #count = 0;
  #next: { cancel(): void } | undefined;

  constructor(
    private readonly deps: Pick<DrillDeps, 'ask' | 'clock'>,
    private readonly samples: Sample[],
    private readonly everyMs: number,
  ) {}

  start(): void {
    const request = this.deps
      .ask((this.#count += 1))
      .then((sample) => void this.samples.push(sample))
      .finally(() => this.#under.delete(request));
    this.#under.add(request);
    this.#next = this.deps.clock.timer(this.everyMs, () => this.start());
  }

  /** No new request; those under way are waited for. */
  async end(): Promise<void> {
    this.#next?.cancel();
    await Promise.all(this.#under);
  }
}
