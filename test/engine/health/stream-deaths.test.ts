import { StreamDeaths, type LiveStream } from '../../../lambda/engine/health/stream-deaths';
import { seeded } from '../../../bench/scale/simulation/random';

const SECOND = 1000;
/** How many in a row are too many. */
const RUN = 3;

interface Planned {
  readonly at: number;
  readonly lives: number;
  readonly dies: boolean;
}

/** Lets streams begin and end in the order of time, until a run of deaths is complete. */
function play(planned: readonly Planned[]) {
  const deaths = new StreamDeaths();
  const events = planned.flatMap(({ at, lives, dies }) => {
    let stream: LiveStream;
    return [
      { at, happens: () => void (stream = deaths.begun(at)) },
      {
        at: at + lives,
        happens: () => (dies ? deaths.died(stream, at + lives) : void deaths.whole(stream, at + lives)),
      },
    ];
  });
  let [died, held, longest] = [0, 0, 0];
  for (const { at, happens } of events.sort((a, b) => a.at - b.at)) {
    if (deaths.inRow >= RUN - 1) held += 1;
    const inRow = happens();
    if (inRow === undefined) continue;
    died += 1;
    longest = Math.max(longest, inRow);
    if (inRow >= RUN) return { trippedAt: at, died, held, longest };
  }
  return { trippedAt: undefined, died, held, longest };
}

const every = (gapMs: number, count: number, plan: (index: number, at: number) => Omit<Planned, 'at'>): Planned[] =>
  Array.from({ length: count }, (_, index) => ({ at: index * gapMs, ...plan(index, index * gapMs) }));

test('three streams that die one after the other are a run', () => {
  expect(play(every(3 * SECOND, 9, () => ({ lives: 2 * SECOND, dies: true })))).toMatchObject({ died: 3 });
});

test('a stream that began after a death and is whole ends the run', () => {
  const oneWhole = every(3 * SECOND, 40, (index) => ({ lives: 2 * SECOND, dies: index % 3 !== 2 }));
  expect(play(oneWhole)).toMatchObject({ trippedAt: undefined, longest: 2 });
});

test('a stream whose client left says neither that the host is sound nor that it is not', () => {
  const deaths = new StreamDeaths();
  deaths.died(deaths.begun(0), 500);
  deaths.left(deaths.begun(1000));
  deaths.died(deaths.begun(2000), 2500);
  deaths.left(deaths.begun(3000));
  expect(deaths.died(deaths.begun(4000), 4500)).toBe(3);
});

describe('with 64 streams at a time', () => {
  const AT_ONCE = 64;
  const LIVES = 16 * SECOND;
  const GAP = LIVES / AT_ONCE;

  test('all that begin in an outage die: the run is complete within a second, though older ones end well all the time', () => {
    const outage = 30 * SECOND;
    const planned = every(GAP, 400, (index, at) =>
      at < outage ? { lives: LIVES, dies: false } : { lives: 1500 + (index % 7) * 100, dies: true },
    );
    const { trippedAt, died } = play(planned);
    expect(trippedAt).toBeGreaterThanOrEqual(outage + 1500);
    expect(trippedAt).toBeLessThanOrEqual(outage + 1500 + 1.5 * SECOND);
    expect(died).toBeLessThanOrEqual(5);
  });

  test('all that flow die at one moment, as with a host that starts anew: a run', () => {
    const crash = 40 * SECOND;
    const planned = every(GAP, 200, (_, at) =>
      at < crash && at + LIVES > crash ? { lives: crash - at, dies: true } : { lives: LIVES, dies: false },
    );
    expect(play(planned).trippedAt).toBe(crash);
  });

  test('one dies early, the others live on: no run, however long it goes on', () => {
    const planned = every(GAP, 4000, (index) => ({ lives: index % 50 === 0 ? 800 : LIVES, dies: index % 50 === 0 }));
    expect(play(planned)).toMatchObject({ trippedAt: undefined, longest: 1 });
  });
});

describe('one stream of a hundred that dies by chance, in an hour of 24 requests a second', () => {
  const LENGTHS: Readonly<Record<string, (chance: number) => number>> = {
    'all of ten seconds': () => 10 * SECOND,
    'of ten seconds on average': (chance) => -Math.log(1 - chance) * 10 * SECOND,
    'of half a minute on average': (chance) => -Math.log(1 - chance) * 30 * SECOND,
  };
  const MOMENTS: Readonly<Record<string, (lives: number, chance: number) => number>> = {
    'at any moment': (lives, chance) => lives * chance,
    'near its end': (lives) => lives * 0.95,
  };
  const hour = Object.keys(LENGTHS).flatMap((length) =>
    Object.keys(MOMENTS).map((moment) => [length, moment] as const),
  );

  test.each(hour)('streams %s, dying %s: never a run, and next to none is held back', (length, moment) => {
    const chance = seeded(7);
    const planned = every(SECOND / 24, 24 * 3600, () => {
      const lives = LENGTHS[length]!(chance());
      const dies = chance() < 0.01;
      return { lives: dies ? MOMENTS[moment]!(lives, chance()) : lives, dies };
    });
    const { trippedAt, held, died } = play(planned);
    expect(died).toBeGreaterThan(700);
    expect(trippedAt).toBeUndefined();
    expect(held / planned.length).toBeLessThan(0.01);
  });
});

test('thousands that die at once are counted in little time', () => {
  const deaths = new StreamDeaths();
  const streams = Array.from({ length: 5000 }, (_, at) => deaths.begun(at));
  const started = performance.now();
  for (const stream of streams) deaths.died(stream, 20_000);
  expect(performance.now() - started).toBeLessThan(3000);
  expect(deaths.inRow).toBeGreaterThanOrEqual(RUN);
});
