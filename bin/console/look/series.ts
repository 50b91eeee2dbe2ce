import { METRICS } from '../../../lib/contract';
import type { Series, Span } from '../../../console/source';
import { bucketsOf, cacheHitsOf } from '../../../console/view/series';
import { readMetrics } from '../now/metrics';
import { asksOfSeries } from '../now/traffic';
import type { Place } from '../place';
import { type Meter, USD } from '../prices';
import { bucketsOfMetrics, failuresByHost } from './buckets';
import { requestsIn } from './lines';
import type { RouterLog } from './log';
import { MOST_ROWS, reasonsInTime, searchQuery } from './queries';
import { type Slots, slotsOf } from './slots';

type Told = Pick<Series, 'buckets' | 'extras' | 'costUsd'>;
export interface Looked {
  readonly place: Place;
  readonly log: RouterLog;
  readonly meter: Meter;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** What is older is kept in longer periods only. */
const KEPT: readonly (readonly [olderMs: number, periodMs: number])[] = [
  [63 * DAY_MS, 60 * MINUTE_MS],
  [15 * DAY_MS, 5 * MINUTE_MS],
];
/** Reasons of failures are in the log alone. Where a look would cost more, failures are told by their hosts. */
const REASONS_USD = 0.05;
const CACHE = 'prompt from the cache, %';

/** By metrics, which cost the same however many requests there were; what is finer than their minutes by the lines themselves. */
export async function readBuckets(span: Span, everyMs: number, looked: Looked): Promise<Told> {
  const found = everyMs < MINUTE_MS ? await byLines(span, everyMs, looked) : undefined;
  return found ?? byMetrics(span, everyMs, looked);
}

/** Undefined where there are more lines than one look tells. */
async function byLines(span: Span, everyMs: number, { log, place }: Looked): Promise<Told | undefined> {
  const search = { ...span, gateway: place.name, limit: MOST_ROWS };
  const { rows, costUsd } = await log.look(searchQuery(search, MOST_ROWS), span);
  if (rows.length >= MOST_ROWS) return undefined;
  const lines = requestsIn(rows);
  return {
    buckets: bucketsOf(lines, span.from, span.to, everyMs),
    extras: { [CACHE]: cacheHitsOf(lines, span.from, span.to, everyMs) },
    costUsd,
  };
}

async function byMetrics(span: Span, everyMs: number, { place, log, meter }: Looked): Promise<Told> {
  const hosts = place.config.hosts.map(({ name }) => name);
  const asks = asksOfSeries(hosts);
  const periodMs = periodFor(span.from, everyMs);
  const points = await readMetrics(asks, { ...span, periodMs }, place, meter);
  const slots = slotsOf(span, everyMs);
  const isDear = (await log.estimate(span)) > REASONS_USD;
  const looked = isDear ? undefined : await log.look(reasonsInTime(periodMs), span);
  const isWhole = looked !== undefined && looked.rows.length < MOST_ROWS;
  const reasons = isWhole ? reasonsOf(looked.rows, slots) : failuresByHost(points, hosts, slots);
  return {
    buckets: bucketsOfMetrics(points, hosts, slots, reasons),
    extras: { [CACHE]: slots.averages(points(METRICS.cacheHitRate, 'Average')).map((value) => value ?? 0) },
    costUsd: asks.length * USD.metric + (looked?.costUsd ?? 0),
  };
}

/** CloudWatch's periods begin at whole ones since the epoch, and stretches of the page anywhere: so they are a part of these. */
const PARTS = 4;

/** Whole ones of those that are kept. */
function periodFor(from: number, everyMs: number): number {
  const kept = KEPT.find(([olderMs]) => Date.now() - from >= olderMs)?.[1] ?? MINUTE_MS;
  return Math.max(kept, Math.floor(everyMs / PARTS / kept) * kept);
}

function reasonsOf(rows: readonly Readonly<Record<string, string>>[], slots: Slots): Record<string, number>[] {
  const reasons: Record<string, number>[] = slots.starts.map(() => ({}));
  for (const row of rows) {
    const time = Object.entries(row).find(([name]) => name.startsWith('bin('))?.[1];
    const counts = reasons[slots.indexOf(Date.parse(`${time?.replace(' ', 'T')}Z`))];
    if (counts === undefined) continue;
    const name = `${row['host']}:${row['outcome']}`;
    counts[name] = (counts[name] ?? 0) + Number(row['failures']);
  }
  return reasons;
}
