import { setTimeout as sleep } from 'node:timers/promises';
import type { WallClock } from './quick-clock';
import type { RunningSubject, Subject } from './subjects/subject';
import { notApplicable, runCase, type CaseResult } from './judging/verdict';
import type { WallCase } from './cases/wall-case';
import { startWorld, type WallWorld } from './world';

const ENDS_WITHIN_MS = 200;

export interface WallOptions {
  readonly clock: WallClock;
  readonly concurrency: number;
  readonly onResult?: (result: CaseResult) => void;
}

/**
 * Puts a gateway to the wall. Every case has hosts of its own, so that none sees what another left behind. Rejects when its
 * process ends meanwhile: what is asked of nobody says nothing.
 */
export async function runWall(
  subject: Subject,
  cases: readonly WallCase[],
  { clock, concurrency, onResult }: WallOptions,
): Promise<readonly CaseResult[]> {
  const worlds = await Promise.all(cases.map((each) => startWorld(each, clock)));
  let running: RunningSubject | undefined;
  try {
    running = await subject.start(worlds);
    const results = new Map<WallWorld, CaseResult>();
    // The slowest first: the run is as long as they are.
    const queue = worlds.toSorted((a, b) => (b.case.hangsAfterS ?? 0) - (a.case.hangsAfterS ?? 0));
    const next = async (): Promise<void> => {
      for (let world = queue.shift(); world; world = queue.shift()) {
        const result = await resultOf(running!, world, clock);
        mustLive(running!);
        results.set(world, result);
        onResult?.(result);
      }
    };
    // What is still under way must not reach into the next gateway's time.
    const workers = await Promise.allSettled(Array.from({ length: concurrency }, next));
    const failed = workers.find((worker) => worker.status === 'rejected');
    if (failed) throw failed.reason;
    // Its connections break before its process is known to have ended.
    if (running.ended) await sleep(ENDS_WITHIN_MS);
    mustLive(running);
    return worlds.map((world) => results.get(world)!);
  } finally {
    await running?.stop();
    await Promise.all(worlds.map((world) => world.close()));
  }
}

function mustLive({ ended }: RunningSubject): void {
  const end = ended?.();
  if (end !== undefined) throw new Error(`${end} before it had answered everything`);
}

async function resultOf(subject: RunningSubject, world: WallWorld, clock: WallClock): Promise<CaseResult> {
  const target = subject.target(world);
  if (typeof target === 'string') return notApplicable(world.case, target);
  if (world.case.ask?.only && !target.only) return notApplicable(world.case, 'has no such opt-out');
  return runCase(world, target, clock);
}
