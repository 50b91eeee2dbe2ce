import { isRecord } from '../../local/json';
import type { Aws } from './aws';

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: 'Count' }[];
}
type EmfLine = Readonly<Record<string, unknown>> & {
  readonly _aws: { readonly CloudWatchMetrics: readonly Directive[] };
};

const isEmf = (line: unknown): line is EmfLine => isRecord(line) && '_aws' in line;

/** What CloudWatch Logs does with a function's log: lines in the embedded metric format become metrics, here at the given time. */
export async function putEmf({ cloudWatch }: Aws, lines: readonly string[], at: Date): Promise<void> {
  for (const text of lines) {
    const line: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
    if (!isEmf(line)) continue;
    for (const { Namespace, Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
      const MetricData = Dimensions.flatMap((names) =>
        Metrics.flatMap(({ Name, Unit }) =>
          [line[Name]].flat().map((value) => ({
            MetricName: Name,
            Dimensions: names.map((name) => ({ Name: name, Value: String(line[name]) })),
            Timestamp: at,
            Value: Number(value),
            Unit,
          })),
        ),
      );
      await cloudWatch.putMetricData({ Namespace, MetricData });
    }
  }
}
