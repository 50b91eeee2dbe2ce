import { DIMENSIONS, ENV, SERVICE_NAME, type MetricName } from '../../../lib/contract';
import type { Env } from '../../runtime/require-env';
import { emfLine } from './emf-line';

interface Beside {
  /** Each set of them is a metric of its own, which costs by the month. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Found in the log line only. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** One metric of the router's service, as EMF on stdout. */
export function publishMetric(
  env: Env,
  name: MetricName,
  value: number,
  { dimensions = {}, properties = {} }: Beside = {},
): void {
  const service = env[ENV.SERVICE] ?? SERVICE_NAME;
  const all = { [DIMENSIONS.service]: service, ...dimensions };
  process.stdout.write(emfLine(Date.now(), all, { [name]: value }, properties));
}
