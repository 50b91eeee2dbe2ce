import type { WallClock } from './quick-clock';
import type { RunningSubject, Subject } from './subjects/subject';
import { notApplicable, runCase, type CaseResult } from './judging/verdict';
import type { WallCase } from './cases/wall-case';
import { startWorld, type WallWorld } from './world';

interface Options {
  readonly clock: WallClock;
  readonly concurrency: number;
  readonly onResult?: (result: CaseResult) => void;
}

/** Puts a gateway to the wall. Every case has hosts of its own, so that none sees what another left behind. */
export async function runWall(
  subject: Subject,
  cases: readonly WallCase[],
  { clock, concurrency, onResult }: Options,
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
        results.set(world, result);
        onResult?.(result);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, next));
    return worlds.map((world) => results.get(world)!);
  } finally {
    await running?.stop();
    await Promise.all(worlds.map((world) => world.close()));
  }
}

async function resultOf(subject: RunningSubject, world: WallWorld, clock: WallClock): Promise<CaseResult> {
  const target = subject.target(world);
  if (typeof target === 'string') return notApplicable(world.case, target);
  if (world.case.ask?.only && !target.only) return notApplicable(world.case, 'has no such opt-out');
  return runCase(world, target, clock);
}
