import { Metrics, type MetricUnit } from '@aws-lambda-powertools/metrics';
import { ENV, METRICS_NAMESPACE, SERVICE_NAME } from '../../lib/contract';

/** One metric of the router's service, as EMF on stdout. */
export function publishMetric(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  unit: (typeof MetricUnit)[keyof typeof MetricUnit],
  value: number,
): void {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: env[ENV.SERVICE] ?? SERVICE_NAME });
  metrics.addMetric(name, unit, value);
  metrics.publishStoredMetrics();
}
