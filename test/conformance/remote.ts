import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask';
import { judge } from './judging/outcome';
import { createQuickClock } from './quick-clock';
import type { SubjectTarget } from './subjects/subject';
import { notApplicable, runCase, type CaseResult } from './judging/verdict';
import type { WallCase } from './cases/wall-case';
import { MODEL, startWorld, type WallWorld } from './world';

/** A gateway that is already there, and has the two simulated hosts of the wall as its Anthropic hosts. */
export interface Remote {
  readonly url: string;
  readonly model?: string | undefined;
  readonly header?: readonly string[] | undefined;
  /** Where the first and the second host listen. */
  readonly ports?: string | undefined;
}

const PORTS = '18101,18102';
/** A gateway may have put the first host aside, this one for 15 minutes when its quota is spent; it has to come back before the next case. */
const SETTLES_WITHIN_MS = 20 * 60_000;
const HANGS_AFTER_MS = 60_000;

/** One case after the other: the gateway has one chain, and remembers. */
export async function remoteResults(
  remote: Remote,
  cases: readonly WallCase[],
  onResult: (result: CaseResult) => void,
): Promise<readonly CaseResult[]> {
  const clock = createQuickClock(1);
  const target = targetOf(remote);
  const ports = (remote.ports ?? PORTS).split(',').map(Number);
  const results: CaseResult[] = [];
  for (const wallCase of cases) {
    const isServed = wallCase.chain.length <= ports.length && wallCase.chain.every((wire) => wire === 'anthropic');
    let result = notApplicable(wallCase, 'needs another chain than two Anthropic hosts');
    if (isServed && wallCase.chain.length === ports.length && !wallCase.ask?.only) {
      const world = await startWorld(wallCase, clock, ports);
      try {
        await settle(world, target);
        result = await runCase(world, target, clock);
      } finally {
        await world.close();
      }
    }
    onResult(result);
    results.push(result);
  }
  return results;
}

function targetOf({ url, model = MODEL, header = [] }: Remote): SubjectTarget {
  const headers = header.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.trim(), value.join(':').trim()] as const;
  });
  return { url, model, headers: { 'x-api-key': 'wall', ...Object.fromEntries(headers) } };
}

/** Until the first host answers again. */
async function settle(world: WallWorld, target: SubjectTarget): Promise<void> {
  const clock = createQuickClock(1);
  for (const end = Date.now() + SETTLES_WITHIN_MS; Date.now() < end; await sleep(1000)) {
    const seen = await ask({}, target, { clock, hangsAfterMs: HANGS_AFTER_MS });
    if (judge(seen, {}, target).outcome === 'answer' && world.calls(0).length > 0) return;
  }
  throw new Error(
    `${target.url} did not come back to its first host at ${world.hosts[0]!.url}: has it these two as its Anthropic hosts, ${world.hosts.map(({ url }) => url).join(' and ')}?`,
  );
}
