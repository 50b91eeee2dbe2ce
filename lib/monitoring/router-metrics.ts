import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DIMENSIONS, METRIC_FACTS, type MetricName, METRICS_NAMESPACE } from '../contract';
import type { IMonitoredRouter } from '../router/monitored-router';

/** The metrics of one router, by the names of the contract. */
export class RouterMetrics {
  constructor(
    readonly router: IMonitoredRouter,
    /** Of every metric that is not given another. */
    private readonly period = Duration.minutes(5),
  ) {}

  every(period: Duration): RouterMetrics {
    return new RouterMetrics(this.router, period);
  }

  /** Read by the metric's own statistic, unless `props` say otherwise. */
  of(metricName: MetricName, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(metricName, { [DIMENSIONS.service]: this.router.serviceName }, props);
  }

  ofHost(metricName: MetricName, host: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(metricName, { [DIMENSIONS.service]: this.router.serviceName, [DIMENSIONS.host]: host }, props);
  }

  ofFunction(metricName: string, statistic: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const dimensionsMap = { FunctionName: this.router.functionName };
    return this.metric({ namespace: 'AWS/Lambda', metricName, statistic, dimensionsMap, ...props });
  }

  private own(metricName: MetricName, dimensionsMap: Record<string, string>, props?: cloudwatch.MetricOptions) {
    const { statistic } = METRIC_FACTS[metricName];
    return this.metric({ namespace: METRICS_NAMESPACE, metricName, statistic, dimensionsMap, ...props });
  }

  private metric(props: cloudwatch.MetricProps): cloudwatch.Metric {
    return new cloudwatch.Metric({ period: this.period, ...props });
  }

  math(expression: string, usingMetrics: Record<string, cloudwatch.IMetric>, label: string): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({ expression, usingMetrics, label, period: this.period });
  }
}
