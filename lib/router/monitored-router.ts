import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** A router: the function that answers from the first host of a chain that can. */
export interface IFailoverRouter extends IConstruct {
  /** ARN to invoke: of the alias, where there is one. */
  readonly functionArn: string;
  /** Lets somebody invoke the router, streaming or not. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;
}

/** A router of which alarms and dashboard know enough: a `FailoverRouter`, or `FailoverRouter.fromFailoverRouterAttributes`. */
export interface IMonitoredRouter extends IFailoverRouter {
  /** Value of the dimension `service` of its metrics. */
  readonly serviceName: string;
  /** Names of its hosts, in the order of its chain: the first is the primary. */
  readonly hostNames: string[];
  /** Name of its function. */
  readonly functionName: string;
  /** Name of its log group. */
  readonly logGroupName: string;
  /** Longest time of one request. */
  readonly maxDuration: Duration;
  /**
   * A metric of the router, by its name in namespace `ClaudeFailover`.
   * @default - average over 5 minutes
   */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Requests.
   * @default - sum over 5 minutes
   */
  metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Requests that another host than the first answered.
   * @default - sum over 5 minutes
   */
  metricFailovers(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Requests that no host of their chain could serve.
   * @default - sum over 5 minutes
   */
  metricExhausted(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Attempts without a usable credential: the key is a placeholder, or the host refused it.
   * @default - sum over 5 minutes
   */
  metricCredentialFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Invocations of the function that crashed or ran into its timeout.
   * @default - sum over 5 minutes
   */
  metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What is to be known of a router that exists already, for alarms, dashboard and metrics. */
export interface FailoverRouterAttributes {
  /** ARN of its alias, `arn:aws:lambda:<region>:<account>:function:<name>:live`. */
  readonly functionArn: string;
  /** Value of the dimension `service` of its metrics: `FailoverRouter.serviceName`. */
  readonly serviceName: string;
  /** Names of its hosts, in the order of its chain: the first is the primary. At least one. */
  readonly hostNames: string[];
  /** Name of its log group. */
  readonly logGroupName: string;
  /**
   * Longest time of one request.
   * @default Duration.minutes(15)
   */
  readonly maxDuration?: Duration;
}
