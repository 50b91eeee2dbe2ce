import { Metrics } from '@aws-lambda-powertools/metrics';
import { ENV, METRIC_FACTS, METRICS_NAMESPACE, SERVICE_NAME, type MetricName } from '../../../lib/contract';

interface Beside {
  /** Each set of them is a metric of its own, which costs by the month. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Found in the log line only. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** One metric of the router's service, as EMF on stdout. */
export function publishMetric(
  env: Readonly<Record<string, string | undefined>>,
  name: MetricName,
  value: number,
  { dimensions = {}, properties = {} }: Beside = {},
): void {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: env[ENV.SERVICE] ?? SERVICE_NAME });
  metrics.addDimensions(dimensions);
  metrics.addMetric(name, METRIC_FACTS[name].unit, value);
  for (const [property, text] of Object.entries(properties)) metrics.addMetadata(property, text);
  metrics.publishStoredMetrics();
}
