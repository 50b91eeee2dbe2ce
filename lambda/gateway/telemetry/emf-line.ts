import { metricFacts, METRICS_NAMESPACE, type MetricName } from '../../../lib/contract';

/** Many values of one metric: CloudWatch makes the same sums, counts and percentiles of it as of a datapoint each. */
export interface Distribution {
  readonly Values: readonly number[];
  readonly Counts: readonly number[];
  readonly Max: number;
  readonly Min: number;
  readonly Count: number;
  readonly Sum: number;
}

export type MetricValues<Value = number> = Readonly<Partial<Record<MetricName, Value>>>;
type Texts = Readonly<Record<string, string>>;

const definitionOf = (Name: MetricName): string => JSON.stringify({ Name, Unit: metricFacts(Name).unit });

/** Metrics of one dimension set as a line of CloudWatch's embedded metric format. `properties` are found in the line only. */
export function emfLine(
  timestamp: number,
  dimensions: Texts,
  values: MetricValues<number | Distribution>,
  properties: Texts = {},
): string {
  let definitions = '';
  let members = '';
  for (const name in values) {
    const value = values[name as MetricName];
    if (value === undefined) continue;
    definitions += `${definitions && ','}${definitionOf(name as MetricName)}`;
    members += `,"${name}":${typeof value === 'number' ? value : JSON.stringify(value)}`;
  }
  const names = JSON.stringify(Object.keys(dimensions));
  const directive = `{"Namespace":"${METRICS_NAMESPACE}","Dimensions":[${names}],"Metrics":[${definitions}]}`;
  const head = `{"_aws":{"Timestamp":${timestamp},"CloudWatchMetrics":[${directive}]}`;
  return `${head},${JSON.stringify({ ...properties, ...dimensions }).slice(1, -1)}${members}}\n`;
}
