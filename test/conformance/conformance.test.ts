import { createQuickClock } from './quick-clock';
import { routerSubject } from './subjects/router-subject';
import { runWall } from './run-wall';
import type { CaseResult, CaseVerdict } from './judging/verdict';
import { WALL } from './cases/wall';
import type { WallCase } from './cases/wall-case';

/** The router's clock and the hosts' faults go ten times as fast. */
const SPEED = 10;
const CONCURRENCY = 24;
/** A host's code is loaded with its first request, and that time must not count as the host's. */
const WARM_UP: readonly WallCase[] = (['anthropic', 'bedrock-invoke', 'vertex'] as const).map((wire) => ({
  id: wire,
  source: '',
  fault: 'none',
  chain: [wire],
  faults: [],
  checks: [],
}));
const CASES = Object.values(WALL).flat();

const explained = ({ verdict, reason }: CaseResult) => `${verdict}: ${reason}`;

describe.each([
  ['commit: complete', 'complete'],
  ['a stream that begins with its first content', 'first-content'],
] as const)('with %s', (_, commit) => {
  const results = new Map<string, CaseResult>();
  beforeAll(async () => {
    const clock = createQuickClock(SPEED);
    await runWall(routerSubject(commit, clock), WARM_UP, { clock, concurrency: 1 });
    const all = await runWall(routerSubject(commit, clock), CASES, { clock, concurrency: CONCURRENCY });
    clock.stop();
    for (const result of all) results.set(result.id, result);
  }, 60_000);

  it.each(CASES.map((wallCase) => [wallCase.id, wallCase.fault, wallCase] as const))(
    '%s: %s',
    (id, _fault, wallCase) => {
      const mayBeSafe = wallCase.afterCommit && commit === 'first-content';
      const allowed: readonly CaseVerdict[] = mayBeSafe ? ['pass', 'safe'] : ['pass'];
      const result = results.get(id)!;
      expect(allowed.includes(result.verdict) ? result.verdict : explained(result)).toBe(result.verdict);
    },
  );
});
