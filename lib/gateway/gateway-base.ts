import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import type { IMonitoredRouter } from '../router/monitored-router';
import { executeApiUrl } from './endpoint/execute-api-url';

/** A gateway: an API that speaks Anthropic's Messages API, with a router behind it. */
export interface IFailoverGateway extends IConstruct {
  /** Base URL for Anthropic SDKs (`base_url`, `ANTHROPIC_BASE_URL`), without a slash at its end. */
  readonly url: string;
  /** Id of its API. */
  readonly restApiId: string;
  /** Name of its API, by which API Gateway's metrics go. */
  readonly restApiName: string;
  /** Name of the API's stage. */
  readonly stageName: string;
  /** Lets somebody call the gateway with AWS credentials; needs `ClientAuth.iam()`. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;
  /**
   * A metric of the router, by its name in namespace `ClaudeFailover`.
   * @default - average over 5 minutes
   */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Requests that reached the router.
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
   * Requests that reached the API, also those that it turned away.
   * @default - sample count over 5 minutes
   */
  metricCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Answers with a status from 400 to 499: without a key, over a limit, or wrong in themselves.
   * @default - sum over 5 minutes
   */
  metricClientError(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Answers with a status from 500 to 599.
   * @default - sum over 5 minutes
   */
  metricServerError(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /**
   * Milliseconds from the request's arrival at the API to the end of its answer.
   * @default - average over 5 minutes
   */
  metricLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What is to be known of a gateway that exists already. */
export interface FailoverGatewayAttributes {
  /** Id of its API. */
  readonly restApiId: string;
  /** Name of its API, by which API Gateway's metrics go: `FailoverGateway.restApiName`. */
  readonly restApiName: string;
  /**
   * Name of the API's stage.
   * @default prod
   */
  readonly stageName?: string;
  /**
   * Base URL, without a slash at its end.
   * @default - API Gateway's own address in the region of the stack
   */
  readonly url?: string;
  /** What answers behind the API: `FailoverRouter.fromFailoverRouterAttributes`. */
  readonly router: IMonitoredRouter;
}

/**
 * What a gateway can do that is made here, and one that exists already.
 * @internal
 */
export abstract class GatewayBase extends Construct implements IFailoverGateway {
  public abstract readonly url: string;
  public abstract readonly restApiId: string;
  public abstract readonly restApiName: string;
  public abstract readonly stageName: string;
  public abstract readonly router: IMonitoredRouter;

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    const resourceName = `${this.stageName}/*/*`;
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [Stack.of(this).formatArn({ service: 'execute-api', resource: this.restApiId, resourceName })],
    });
  }

  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.router.metric(metricName, options);
  }

  public metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.router.metricRequests(options);
  }

  public metricFailovers(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.router.metricFailovers(options);
  }

  public metricExhausted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.router.metricExhausted(options);
  }

  public metricCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ofApi('Count', cloudwatch.Stats.SAMPLE_COUNT, options);
  }

  public metricClientError(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ofApi('4XXError', cloudwatch.Stats.SUM, options);
  }

  public metricServerError(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ofApi('5XXError', cloudwatch.Stats.SUM, options);
  }

  public metricLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.ofApi('Latency', cloudwatch.Stats.AVERAGE, options);
  }

  private ofApi(metricName: string, statistic: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const dimensionsMap = { ApiName: this.restApiName, Stage: this.stageName };
    const props = { namespace: 'AWS/ApiGateway', metricName, statistic, dimensionsMap, ...options };
    return new cloudwatch.Metric(props).attachTo(this);
  }
}

/** A gateway that exists already. */
export class ImportedGateway extends GatewayBase {
  public readonly url: string;
  public readonly restApiId: string;
  public readonly restApiName: string;
  public readonly stageName: string;
  public readonly router: IMonitoredRouter;

  constructor(scope: Construct, id: string, attributes: FailoverGatewayAttributes) {
    super(scope, id);
    const { restApiId, restApiName, stageName = 'prod', url, router } = attributes;
    this.restApiId = restApiId;
    this.restApiName = restApiName;
    this.stageName = stageName;
    this.url = url ?? executeApiUrl(this, restApiId, stageName);
    this.router = router;
  }
}
