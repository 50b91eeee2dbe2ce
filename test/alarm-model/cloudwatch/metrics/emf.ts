import * as v from 'valibot';
import type { MetricStore } from './metric-store';

const number = v.pipe(v.number(), v.finite());

/** The part of CloudWatch's embedded metric format that decides about metrics; other members are log fields. */
const directives = v.object({
  _aws: v.object({
    Timestamp: v.pipe(v.number(), v.integer()),
    CloudWatchMetrics: v.array(
      v.object({
        Namespace: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
        Dimensions: v.pipe(v.array(v.pipe(v.array(v.string()), v.maxLength(30))), v.minLength(1)),
        Metrics: v.pipe(
          v.array(v.object({ Name: v.string(), Unit: v.optional(v.string()) })),
          v.minLength(1),
          v.maxLength(100),
        ),
      }),
    ),
  }),
});
const numbers = v.pipe(v.array(number), v.minLength(1), v.maxLength(100));
/** What AWS's own exporters write of many values at once; the specification does not name it. */
const distribution = v.pipe(
  v.object({ Values: numbers, Counts: numbers, Max: number, Min: number, Count: number, Sum: number }),
  v.check(({ Values, Counts }) => Values.length === Counts.length, 'as many counts as values'),
  v.transform(({ Values, Counts }) => Values.flatMap((value, at) => Array<number>(Counts[at]!).fill(value))),
);
const metricValue = v.union([number, numbers, distribution]);
const dimensionValue = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));

/** Takes the metrics of a log line. A line without `_aws` has none; one that CloudWatch would drop throws. */
export function takeEmfLine(line: string, store: MetricStore): void {
  const root: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  if (typeof root !== 'object' || root === null || !('_aws' in root)) return;
  const members = root as Readonly<Record<string, unknown>>;
  const member = <T>(name: string, schema: v.GenericSchema<unknown, T>): T => {
    const parsed = v.safeParse(schema, members[name]);
    if (parsed.success) return parsed.output;
    throw new Error(`CloudWatch would drop this EMF line: member "${name}": ${parsed.issues[0].message}: ${line}`);
  };
  const { Timestamp, CloudWatchMetrics } = member('_aws', directives.entries._aws);
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    for (const names of Dimensions) {
      const dimensions = Object.fromEntries(names.map((name) => [name, member(name, dimensionValue)]));
      for (const { Name } of Metrics) {
        store.add({ namespace: Namespace, name: Name, dimensions }, Timestamp, [member(Name, metricValue)].flat());
      }
    }
  }
}
