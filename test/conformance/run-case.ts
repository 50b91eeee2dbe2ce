import { setTimeout as sleep } from 'node:timers/promises';
import { ask, PROMPT, type Seen } from './ask';
import { pass, type WallClock } from './quick-clock';
import { judge, type Judged, type ClientOutcome } from './judging/outcome';
import type { SubjectTarget } from './subjects/subject';
import type { WallCase } from './cases/wall-case';
import type { WallWorld } from './world';

/** One of a sequence's requests; `asked` counts what it made each host see. Seconds since the sequence began. */
export interface SequenceItem extends Judged {
  readonly atS: number;
  readonly asked: readonly number[];
}

/** Everything that was seen of one case, from both sides. Seconds are the gateway's. */
export interface Observed extends Judged {
  readonly case: WallCase;
  readonly world: WallWorld;
  readonly target: SubjectTarget;
  readonly clock: WallClock;
  readonly seen: Seen;
  readonly items: readonly SequenceItem[];
}

const HANGS_AFTER_S = 45;
const WORST: readonly ClientOutcome[] = ['hang', 'truncated', 'error', 'left', 'answer'];

export async function observe(world: WallWorld, target: SubjectTarget, clock: WallClock): Promise<Observed> {
  const wallCase = world.case;
  await world.break();
  const { script } = wallCase;
  const hangsAfterMs = (wallCase.hangsAfterS ?? HANGS_AFTER_S) * 1000;
  const base = { case: wallCase, world, target, clock };
  if (script?.kind === 'sequence') {
    const { seen, items } = await runSequence(world, target, clock, script, hangsAfterMs);
    const worst = items.toSorted((a, b) => WORST.indexOf(a.outcome) - WORST.indexOf(b.outcome))[0]!;
    return { ...base, seen, items, outcome: worst.outcome, why: worst.why };
  }
  if (script?.kind === 'leave') {
    const seen = await leave(world, target, clock, hangsAfterMs);
    return { ...base, seen, items: [], outcome: 'left', why: 'the client went away' };
  }
  const seen = await ask(wallCase.ask ?? {}, target, { clock, hangsAfterMs });
  return { ...base, seen, items: [], ...judge(seen, wallCase.ask ?? {}, target) };
}

async function runSequence(
  world: WallWorld,
  target: SubjectTarget,
  clock: WallClock,
  script: Extract<WallCase['script'], { kind: 'sequence' }>,
  hangsAfterMs: number,
): Promise<{ readonly seen: Seen; readonly items: readonly SequenceItem[] }> {
  const { count, everyS, healAfterS, newConversations } = script;
  const question = world.case.ask ?? {};
  const started = clock.now();
  const nowS = () => (clock.now() - started) / 1000;
  const calls = () => world.hosts.map((_, at) => world.calls(at).length);
  const healing = healAfterS === undefined ? undefined : pass(clock, healAfterS * 1000).then(() => world.heal());
  const items: SequenceItem[] = [];
  let seen: Seen | undefined;
  for (let at = 0; at < count; at += 1) {
    const waitS = at * everyS - nowS();
    if (waitS > 0) await pass(clock, waitS * 1000);
    const before = calls();
    const atS = nowS();
    const prompt = newConversations ? `${PROMPT} number ${at}` : PROMPT;
    seen = await ask(question, target, { clock, hangsAfterMs, prompt });
    const asked = calls().map((after, host) => after - before[host]!);
    items.push({ atS, asked, ...judge(seen, question, target) });
  }
  await healing;
  return { seen: seen!, items };
}

async function leave(world: WallWorld, target: SubjectTarget, clock: WallClock, hangsAfterMs: number): Promise<Seen> {
  const leaving = new AbortController();
  const going = ask(world.case.ask ?? {}, target, { clock, hangsAfterMs, leaving: leaving.signal });
  await waitUntil(() => world.calls(0).length > 0, 5000);
  await pass(clock, 500);
  leaving.abort();
  const seen = await going;
  // Whoever still tries for a client that has gone shows it now.
  await pass(clock, 5000);
  return seen;
}

export async function waitUntil(holds: () => boolean, ms: number): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(5)) if (holds()) return true;
  return holds();
}
