import { compare, type Comparison, type Figure, type FigureTarget } from './figure';
import type { ExperimentName, Round, WaySample, WayName } from '../rounds';
import { median, spread } from './statistics';
import { BULK_BYTES } from '../workload';

type Value = (round: Round, way: WayName) => number;

interface Metric {
  readonly what: string;
  readonly unit: string;
  readonly value: Value;
  readonly comparison: Comparison;
  /** @default 'pass-through' */
  readonly base?: WayName;
  /** Whose value is compared, and what it may come to. */
  readonly of: readonly (readonly [way: WayName, target?: FigureTarget])[];
}

const read =
  (experiment: ExperimentName, field: keyof WaySample): Value =>
  (round, way) =>
    sampleOf(round, experiment, way)[field];

const addedP50 =
  (experiment: ExperimentName): Value =>
  (round, way) =>
    sampleOf(round, experiment, way).p50Ms - sampleOf(round, experiment, 'direct').p50Ms;

const bulkSpeed: Value = (round, way) => (sampleOf(round, 'bulk', way).perSecond * BULK_BYTES) / 1e6;

const METRICS: readonly Metric[] = [
  {
    what: 'CPU of a unary request at c=32',
    unit: 'us',
    value: read('load', 'cpuMicros'),
    comparison: 'x',
    of: [['router', { atMost: 1.6 }], ['router, JSON upstream', { atMost: 1.3 }], ['router, logs and metrics off']],
  },
  {
    what: 'unary requests at c=32',
    unit: '/s',
    value: read('load', 'perSecond'),
    comparison: 'x',
    of: [['router', { atLeast: 0.65 }], ['router, JSON upstream'], ['router, logs and metrics off']],
  },
  {
    what: 'CPU of a stream of 200 events',
    unit: 'us',
    value: read('burst', 'cpuMicros'),
    comparison: 'x',
    of: [['router', { atMost: 1.2 }], ['router, logs and metrics off']],
  },
  {
    what: '20 MB stream',
    unit: 'MB/s',
    value: bulkSpeed,
    comparison: 'x',
    of: [['router', { atLeast: 0.5 }]],
  },
  {
    what: 'unary p50',
    unit: 'ms',
    value: read('unary', 'p50Ms'),
    comparison: '+',
    base: 'direct',
    of: [['direct again']],
  },
  {
    what: 'unary p50 added',
    unit: 'ms',
    value: addedP50('unary'),
    comparison: 'x',
    of: [['router', { atMost: 1.8 }], ['router, JSON upstream']],
  },
  {
    what: 'CPU of a unary request at c=1',
    unit: 'us',
    value: read('unary', 'cpuMicros'),
    comparison: 'x',
    of: [['router'], ['router, JSON upstream']],
  },
  {
    what: 'CPU of a short streamed request at c=32',
    unit: 'us',
    value: read('streamedLoad', 'cpuMicros'),
    comparison: 'x',
    of: [['router']],
  },
  {
    what: 'short streamed requests at c=32',
    unit: '/s',
    value: read('streamedLoad', 'perSecond'),
    comparison: 'x',
    of: [['router']],
  },
  {
    what: 'time to first event added',
    unit: 'ms',
    value: addedP50('firstEvent'),
    comparison: '+',
    of: [['router', { atMost: 0.15 }]],
  },
  {
    what: 'event transit p50',
    unit: 'ms',
    value: read('paced', 'p50Ms'),
    comparison: '+',
    of: [['router', { atMost: 0.05 }]],
  },
  {
    what: 'events coalesced',
    unit: '',
    value: read('paced', 'coalesced'),
    comparison: '+',
    of: [['router', { atMost: 0 }]],
  },
  {
    what: 'CPU of a stream of 100 paced events',
    unit: 'us',
    value: read('paced', 'cpuMicros'),
    comparison: 'x',
    of: [['router']],
  },
  {
    what: 'unary p50',
    unit: 'ms',
    value: read('unary', 'p50Ms'),
    comparison: '+',
    base: 'router',
    of: [['router, breaker open', { atMost: 0.2 }]],
  },
];

/** What the rounds come to: each round is compared within itself, and the middle one counts. */
export function figuresOf(rounds: readonly Round[]): Figure[] {
  return METRICS.flatMap(({ what, unit, value, comparison, base = 'pass-through', of }) =>
    of.map(([way, target]) => ({
      what: way === 'router' ? what : `${what}: ${way}`,
      unit,
      base: median(rounds.map((round) => value(round, base))),
      value: median(rounds.map((round) => value(round, way))),
      comparison,
      measured: spread(rounds.map((round) => compare(value(round, way), value(round, base), comparison))),
      ...(target && { target }),
    })),
  );
}

function sampleOf(round: Round, experiment: ExperimentName, way: WayName): WaySample {
  const sample = round[experiment].get(way);
  if (!sample) throw new Error(`${experiment} has no measurement of ${way}`);
  return sample;
}
