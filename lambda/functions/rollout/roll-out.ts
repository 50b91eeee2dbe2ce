import type { Probe } from '../../../lib/contract';
import type { Judgement } from '../pre-traffic/judge-host';
import { judgeHosts } from '../pre-traffic/judge-hosts';
import type { InvokeRouter } from '../pre-traffic/probe-host';

/** One or two revisions, whose weights are 100 together. */
export type Weights = readonly { readonly revisionId: string; readonly weight: number }[];

export interface LiveEndpoint {
  readonly url: string;
  readonly weights: Weights;
}

export interface RolloutPlan {
  readonly revisionId: string;
  readonly probes: readonly Probe[];
  readonly percent: number;
  readonly watchMs: number;
}

export interface RolloutWorld {
  /** Whether the new revision answers anything. */
  isStarted(): Promise<boolean>;
  /** What the log says of a start that failed; undefined where it says nothing. */
  startFailure(): Promise<string | undefined>;
  /** Where clients come in; undefined before there is such. */
  live(): Promise<LiveEndpoint | undefined>;
  /** Is through when the endpoint serves by it. */
  shift(weights: Weights): Promise<void>;
  /** Names of the alarms that are on. */
  ringing(): Promise<readonly string[]>;
  /** Asks the router at an address, or the new revision. */
  ask(url?: string): InvokeRouter;
  timeLeftMs(): number;
  sleep(ms: number): Promise<void>;
  log(line: Judgement): void;
}

const START_TRIES = 24;
const START_PAUSE_MS = 5_000;
const LOOK_EVERY_MS = 15_000;

/**
 * Throws where clients are to stay with the revision before, which then has all of the traffic. Where all is well, CloudFormation gives the
 * new one the rest.
 */
export async function rollOut(plan: RolloutPlan, world: RolloutWorld): Promise<void> {
  await started(plan, world);
  const live = await world.live();
  const before = live && heaviest(live.weights);
  // The first revision has none to be compared with, and what serves already was looked at.
  if (live === undefined || before === undefined || before === plan.revisionId) return;
  await judged(plan, live, world);
  await watched(plan, before, world);
}

async function started({ revisionId }: RolloutPlan, world: RolloutWorld): Promise<void> {
  for (let tries = 1; !(await world.isStarted()); tries += 1) {
    const why = tries % 4 === 0 || tries === START_TRIES ? await world.startFailure() : undefined;
    if (why !== undefined || tries === START_TRIES) {
      throw new Error(
        `revision ${revisionId} does not start: ${why ?? 'it answers nothing, and its log says nothing of it'}`,
      );
    }
    await world.sleep(START_PAUSE_MS);
  }
}

async function judged(plan: RolloutPlan, { url }: LiveEndpoint, world: RolloutWorld): Promise<void> {
  const judgements = await judgeHosts({
    probes: plan.probes,
    next: world.ask(),
    live: world.ask(url),
    timeLeftMs: () => world.timeLeftMs() - plan.watchMs,
    log: (judgement) => world.log(judgement),
  });
  const faults = judgements.filter(({ level }) => level === 'ERROR').map(({ message }) => message);
  if (faults.length > 0) {
    throw new Error(`revision ${plan.revisionId} serves worse than the one before: ${faults.join('; ')}`);
  }
}

/** An alarm that was on before says nothing of the new revision: an outage must not keep back what helps against it. */
async function watched(
  { revisionId, percent, watchMs }: RolloutPlan,
  before: string,
  world: RolloutWorld,
): Promise<void> {
  const known = new Set(await world.ringing());
  try {
    await world.shift([
      { revisionId: before, weight: 100 - percent },
      { revisionId, weight: percent },
    ]);
    for (let left = watchMs; left > 0; left -= LOOK_EVERY_MS) {
      await world.sleep(Math.min(left, LOOK_EVERY_MS));
      const [alarm] = (await world.ringing()).filter((name) => !known.has(name));
      if (alarm !== undefined)
        throw new Error(`alarm ${alarm} went off while revision ${revisionId} had ${percent} % of the traffic`);
    }
  } catch (error) {
    await world.shift([{ revisionId: before, weight: 100 }]);
    throw error;
  }
  world.log({ level: 'INFO', message: `revision ${revisionId}: no alarm with ${percent} % of the traffic` });
}

const heaviest = (weights: Weights): string | undefined =>
  [...weights].sort((one, other) => other.weight - one.weight)[0]?.revisionId;
