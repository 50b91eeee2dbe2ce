import { takeEmfLine } from '../cloudwatch/metrics/emf';
import { MetricStore } from '../cloudwatch/metrics/metric-store';

/** Log output, and the metrics that CloudWatch makes of it. */
export class PrintedMetrics {
  readonly #store = new MetricStore();
  #unread: string[] = [];

  print(text: string): void {
    this.#unread.push(text);
  }

  /** With everything printed so far. Read here and not while printing: a console swallows what is thrown at it. */
  get store(): MetricStore {
    const lines = this.#unread.join('').split('\n');
    this.#unread = [];
    for (const line of lines) takeEmfLine(line, this.#store);
    return this.#store;
  }
}
