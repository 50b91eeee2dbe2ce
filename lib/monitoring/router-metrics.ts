import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type AuditFailure, DIMENSIONS, metricFacts, type MetricName, METRICS_NAMESPACE } from '../contract';
import { FailoverRouter } from '../router/failover-router';
import type { IMonitoredRouter } from '../router/monitored-router';
import type { ShapeKind } from '../router/shape/router-shape';
import type { FargateRuntime, RouterRuntime } from '../router/shape/runtime';

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

  /** What the router runs as. */
  get shape(): ShapeKind {
    return this.router instanceof FailoverRouter ? this.router._shape : 'lambda';
  }

  /** Of a service on Fargate. */
  get maxTasks(): number {
    return this.fargate.maxTasks;
  }

  /** Environments of a web function that did not start. */
  startFailures(): cloudwatch.Metric {
    const { metricNamespace: namespace, metricName } = this.runtime?.onWeb?.startFailures ?? missing('web function');
    return this.metric({ namespace, metricName, statistic: 'Sum' });
  }

  /** Whatever dimensions AWS adds to the function's name. For dashboards: an alarm takes no search. */
  webSearch(metricName: string): cloudwatch.MathExpression {
    const search = `Namespace="AWS/Lambda/Web" MetricName="${metricName}" FunctionName="${this.router.functionName}"`;
    return this.math(`SEARCH('${search}', 'Sum', ${this.period.toSeconds()})`, {}, '');
  }

  ofBalancer(metricName: string, statistic: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const dimensionsMap = { LoadBalancer: this.fargate.loadBalancer.loadBalancerFullName };
    return this.metric({ namespace: 'AWS/ApplicationELB', metricName, statistic, dimensionsMap, ...props });
  }

  ofTargets(metricName: string, statistic: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const { loadBalancer, targetGroupName: TargetGroup } = this.fargate;
    const dimensionsMap = { LoadBalancer: loadBalancer.loadBalancerFullName, TargetGroup };
    return this.metric({ namespace: 'AWS/ApplicationELB', metricName, statistic, dimensionsMap, ...props });
  }

  ofService(metricName: string, statistic: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const dimensionsMap = { ClusterName: this.fargate.clusterName, ServiceName: this.router.functionName };
    return this.metric({ namespace: 'AWS/ECS', metricName, statistic, dimensionsMap, ...props });
  }

  /** Whether the router has requests that wait. */
  get hasQueue(): boolean {
    return this.router instanceof FailoverRouter && this.router.deadLetterQueue !== undefined;
  }

  /** What becomes of requests while the router's audit trail cannot be written; undefined without one. */
  get auditFailure(): AuditFailure | undefined {
    return this.router instanceof FailoverRouter ? this.router._auditFailure : undefined;
  }

  /** Messages of waiting requests that nobody could settle. */
  deadLetters(): cloudwatch.Metric {
    const queue = this.router instanceof FailoverRouter ? this.router.deadLetterQueue : undefined;
    const dimensionsMap = { QueueName: queue?.queueName ?? missing('router with a queue') };
    const metricName = 'ApproximateNumberOfMessagesVisible';
    return this.metric({ namespace: 'AWS/SQS', metricName, statistic: 'Maximum', dimensionsMap });
  }

  /** Whether the router has Message Batches. */
  get hasBatches(): boolean {
    return this.router instanceof FailoverRouter && this.router.batchesTable !== undefined;
  }

  /** Whether a function works them off. */
  get hasBatchWorker(): boolean {
    return this.router instanceof FailoverRouter && this.router.batchWorker !== undefined;
  }

  get hasBatchCanary(): boolean {
    return this.router instanceof FailoverRouter && this.router._hasBatchCanary;
  }

  batchWorkerErrors(): cloudwatch.Metric {
    const worker = this.router instanceof FailoverRouter ? this.router.batchWorker : undefined;
    const dimensionsMap = { FunctionName: worker?.functionName ?? missing('router with a worker of batches') };
    return this.metric({ namespace: 'AWS/Lambda', metricName: 'Errors', statistic: 'Sum', dimensionsMap });
  }

  private get runtime(): RouterRuntime | undefined {
    return this.router instanceof FailoverRouter ? this.router._runtime : undefined;
  }

  private get fargate(): FargateRuntime {
    return this.runtime?.onFargate ?? missing('service on Fargate');
  }

  private own(metricName: MetricName, dimensionsMap: Record<string, string>, props?: cloudwatch.MetricOptions) {
    const { statistic } = metricFacts(metricName);
    return this.metric({ namespace: METRICS_NAMESPACE, metricName, statistic, dimensionsMap, ...props });
  }

  private metric(props: cloudwatch.MetricProps): cloudwatch.Metric {
    return new cloudwatch.Metric({ period: this.period, ...props });
  }

  math(expression: string, usingMetrics: Record<string, cloudwatch.IMetric>, label: string): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({ expression, usingMetrics, label, period: this.period });
  }
}

/** Definitions are chosen by the shape, so that nobody asks for what it has not. */
function missing(what: string): never {
  throw new Error(`the router is no ${what}`);
}
