import * as v from 'valibot';
import type { Act, Search, Span } from '../source';

const WEEK_MINUTES = 7 * 24 * 60;
/** More than a month of it is nobody's incident. */
const LONGEST_MS = 32 * 24 * 3_600_000;
const MOST_LINES = 100_000;
const MOST_BUCKETS = 2000;

const time = v.pipe(v.string(), v.toNumber(), v.minValue(0), v.maxValue(8.64e15));
const text = v.optional(v.pipe(v.string(), v.maxLength(200)));
const count = (most: number) => v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(most));
const isSpan = ({ from, to }: Span): boolean => from < to && to - from <= LONGEST_MS;
const NO_SPAN = 'from has to be before to, by at most 32 days';

const search = v.pipe(
  v.object({
    gateway: v.string(),
    from: time,
    to: time,
    client: text,
    model: text,
    host: text,
    outcome: text,
    requestId: text,
    isTroubled: v.optional(
      v.pipe(
        v.picklist(['true', 'false']),
        v.transform((is) => is === 'true'),
      ),
    ),
    limit: v.optional(count(MOST_LINES), '500'),
  }),
  v.check((value) => isSpan(value), NO_SPAN),
);
const span = v.pipe(
  v.object({ from: time, to: time }),
  v.check((value) => isSpan(value), NO_SPAN),
);
const seriesOf = v.pipe(
  v.object({ from: time, to: time, everyMs: count(LONGEST_MS) }),
  v.check((value) => isSpan(value), NO_SPAN),
  v.check(({ from, to, everyMs }) => (to - from) / everyMs <= MOST_BUCKETS, `at most ${MOST_BUCKETS} steps`),
);

const host = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));
const minutes = v.pipe(v.number(), v.minValue(1), v.maxValue(WEEK_MINUTES));
const act = v.variant('act', [
  v.object({ act: v.picklist(['drain', 'undrain']), host, minutes: v.exactOptional(minutes) }),
  v.object({ act: v.literal('weight'), host, percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)), minutes }),
  v.object({ act: v.literal('drill'), host, minutes }),
  v.object({ act: v.picklist(['region-out', 'region-in']), minutes: v.exactOptional(minutes) }),
  v.object({
    act: v.literal('spend-limit'),
    scope: host,
    period: v.picklist(['daily', 'weekly', 'monthly']),
    usd: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1e9))),
  }),
  v.object({ act: v.literal('rotate-key'), client: host }),
]);

/** What was asked for makes no sense. Its text says what would. */
export class InputError extends Error {}

const parse = <T>(schema: v.GenericSchema<unknown, T>, value: unknown): T => {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new InputError(`${v.getDotPath(issue) ?? 'the question'}: ${issue.message}`);
};

/** Without the fields that were not given: a search goes by those that are there. */
const given = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== '')) as T;

export const readSearch = (query: unknown): Search => given(parse(search, query)) as Search;
export const readSpan = (query: unknown): Span => parse(span, query);
export const readSeries = (query: unknown): Span & { readonly everyMs: number } => parse(seriesOf, query);
export const readAct = (value: unknown): Act => parse(act, value) as Act;
