import type { MetricValues } from './emf-line';

/** Where metrics go: those of the service, and those of one of its hosts. */
export interface MetricSink {
  add(host: string | undefined, values: MetricValues): void;
  /** Before the process ends. */
  close(): void;
}
