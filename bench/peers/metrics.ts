import { median, spread, type Spread } from '../figures/statistics';
import { bulkSpeed, type PeerRound, type Samples } from './experiments';
import { DIRECT, PASS_THROUGH, type Way } from './ways';

export interface Column {
  readonly what: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
  /** By the name of the way; one that has none could not be measured. */
  readonly values: Readonly<Record<string, Spread>>;
  /** Times the pass-through of the same round, the median of the rounds. @default - there are no rounds */
  readonly ratios?: Readonly<Record<string, number>>;
}

type Read = (own: Samples, direct: Samples) => number | undefined;
interface Metric {
  readonly what: string;
  readonly unit: string;
  readonly better: Column['better'];
  readonly read: Read;
}

const added =
  (name: 'unary' | 'first' | 'paced' | 'steady'): Read =>
  (own, direct) =>
    difference(own[name]?.p50Ms, direct[name]?.p50Ms);

const METRICS: readonly Metric[] = [
  { what: 'unary, added, one at a time', unit: 'ms', better: 'less', read: added('unary') },
  { what: 'unary, requests a second, 32 at a time', unit: '/s', better: 'more', read: ({ load }) => load?.perSecond },
  { what: 'unary, p99, 32 at a time', unit: 'ms', better: 'less', read: ({ load }) => load?.p99Ms },
  { what: 'unary, CPU a request, 32 at a time', unit: 'µs', better: 'less', read: ({ load }) => load?.cpuMicros },
  { what: 'time to first event, added', unit: 'ms', better: 'less', read: added('first') },
  { what: 'an event’s way, added', unit: 'ms', better: 'less', read: added('paced') },
  { what: 'an event’s way, added, 64 streams at once', unit: 'ms', better: 'less', read: added('steady') },
  { what: 'CPU of a stream of 200 events', unit: 'µs', better: 'less', read: ({ burst }) => burst?.cpuMicros },
  { what: 'stream of 20 MB', unit: 'MB/s', better: 'more', read: ({ bulk }) => bulk && bulkSpeed(bulk) },
  { what: 'memory after all of it', unit: 'MB', better: 'less', read: ({ bulk }) => bulk && bulk.rssBytes / 1e6 },
  {
    what: 'first host dead for long, added to a unary request',
    unit: 'ms',
    better: 'less',
    read: ({ open, unary }) => difference(open?.p50Ms, unary?.p50Ms),
  },
];

/** Each round is compared within itself: on a shared machine the next one has another speed. */
export function columnsOf(rounds: readonly PeerRound[], ways: readonly Way[]): Column[] {
  const columns = METRICS.map(({ read, ...metric }) => {
    const figure = (round: PeerRound, name: string) => read(round.get(name) ?? {}, round.get(DIRECT) ?? {});
    return {
      ...metric,
      values: valuesOf(ways, ({ name }) =>
        rounds.map((round) => figure(round, name)).filter((value) => value !== undefined),
      ),
      ratios: ratiosOf(ways, ({ name }) =>
        rounds.map((round) => [figure(round, name), figure(round, PASS_THROUGH)] as const),
      ),
    };
  });
  const startMs = valuesOf(ways, (way) => (way.startMs === undefined ? [] : [way.startMs]));
  const base = ways.find(({ name }) => name === PASS_THROUGH)?.startMs;
  return [
    ...columns,
    {
      what: 'start of the process to its first answer',
      unit: 'ms',
      better: 'less',
      values: startMs,
      ratios: ratiosOf(ways, (way) => [[way.startMs, base]]),
    },
  ];
}

type Pair = readonly [value: number | undefined, base: number | undefined];

/** Nothing is times a base that noise has put below zero. */
function ratiosOf(ways: readonly Way[], read: (way: Way) => readonly Pair[]): Record<string, number> {
  const ratios: Record<string, number> = {};
  for (const way of ways) {
    const found = read(way).flatMap(([value, base]) => (value !== undefined && base && base > 0 ? [value / base] : []));
    if (found.length > 0 && way.name !== PASS_THROUGH && way.name !== DIRECT) ratios[way.name] = median(found);
  }
  return ratios;
}

function valuesOf(ways: readonly Way[], read: (way: Way) => readonly number[]): Record<string, Spread> {
  const values: Record<string, Spread> = {};
  for (const way of ways) {
    const found = read(way);
    if (found.length > 0) values[way.name] = spread(found);
  }
  return values;
}

function difference(value: number | undefined, base: number | undefined): number | undefined {
  return value === undefined || base === undefined ? undefined : value - base;
}
