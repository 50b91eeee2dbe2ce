import { createQuickClock } from './quick-clock';
import { routerSubject } from './subjects/router-subject';
import { runWall } from './run-wall';
import type { CaseResult, CaseVerdict } from './judging/verdict';
import { WALL } from './cases/wall';
import type { WallCase } from './cases/wall-case';

/*
 * The wall's faults once more, on the OpenAI wire: Claude is down, and the hosts of each case are its last resorts, with another
 * model. What the wall says of requests at the clouds is about Claude's own wires.
 */

/** The router's clock and the hosts' faults go ten times as fast. */
const SPEED = 10;
const CONCURRENCY = 24;
const WARM_UP: WallCase = { id: 'warm', source: '', fault: 'none', chain: ['openai'], faults: [], checks: [] };

/** Cases that ask for what is no virtue of a last resort. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  'what it refuses is not shown: the client hears why the chain did not answer, and the next link is asked': [
    'S12 anthropic',
    'S13 anthropic',
    'status-before-200',
    'final-429-says-when',
    'wrong-request',
    'bedrock-validation-frame-is-returned',
    'bedrock-throttling-keeps-its-meaning',
    'bedrock-throttling-before-content',
  ],
  'it is another model, and says so': ['S16 anthropic'],
  'its wire has no pings': ['pings-are-forwarded'],
  'it is not asked to count tokens': ['timer-on-every-route'],
};
const { clouds: _, 'public faults': publicFaults, ...others } = WALL;
/** Of each public fault one: here all wires are the same. */
const ALL = [...publicFaults.filter(({ id }) => id.endsWith(' anthropic')), ...Object.values(others).flat()];
const CASES = ALL.filter(({ id }) => !Object.values(OTHERWISE).flat().includes(id)).map((each): WallCase => ({
  ...each,
  chain: each.chain.map(() => 'openai'),
}));

test('every case that is left out is one', () => {
  expect(ALL.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.values(OTHERWISE).flat()));
});

describe.each([
  ['commit: complete', 'complete'],
  ['a stream that begins with its first content', 'first-content'],
] as const)('a last resort on the OpenAI wire, with %s', (_name, commit) => {
  const results = new Map<string, CaseResult>();
  beforeAll(async () => {
    const clock = createQuickClock(SPEED);
    const subject = () => routerSubject(commit, clock, 'last-resort');
    await runWall(subject(), [WARM_UP], { clock, concurrency: 1 });
    for (const result of await runWall(subject(), CASES, { clock, concurrency: CONCURRENCY })) {
      results.set(result.id, result);
    }
    clock.stop();
  }, 60_000);

  it.each(CASES.map((each) => [each.id, each.fault, each.afterCommit === true] as const))(
    '%s: %s',
    (id, _fault, afterCommit) => {
      const mayBeSafe = afterCommit && commit === 'first-content';
      const allowed: readonly CaseVerdict[] = mayBeSafe ? ['pass', 'safe'] : ['pass'];
      const { verdict, reason } = results.get(id)!;
      expect(allowed.includes(verdict) ? verdict : `${verdict}: ${reason}`).toBe(verdict);
    },
  );
});
