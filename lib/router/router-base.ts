import { Duration, Fn, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  DIMENSIONS,
  LONGEST_INVOCATION_MS,
  metricFacts,
  type MetricName,
  METRICS,
  METRICS_NAMESPACE,
} from '../contract';
import type { FailoverRouterAttributes, IMonitoredRouter } from './monitored-router';
import { ValidationError } from '../validation-error';

/**
 * What a router can do that is made here, and one that exists already.
 * @internal
 */
export abstract class RouterBase extends Construct implements IMonitoredRouter {
  public abstract readonly functionArn: string;
  public abstract readonly serviceName: string;
  public abstract readonly hostNames: string[];
  public abstract readonly functionName: string;
  public abstract readonly logGroupName: string;
  public abstract readonly maxDuration: Duration;

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['lambda:InvokeFunction'],
      resourceArns: [this.functionArn],
    });
  }

  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.measured({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { [DIMENSIONS.service]: this.serviceName },
      ...options,
    });
  }

  public metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.requests, options);
  }

  public metricFailovers(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.failovers, options);
  }

  public metricExhausted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.exhausted, options);
  }

  public metricCredentialFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.credentialFailures, options);
  }

  public metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const dimensionsMap = { FunctionName: this.functionName };
    return this.measured({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      statistic: 'Sum',
      dimensionsMap,
      ...options,
    });
  }

  private own(metricName: MetricName, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, { statistic: metricFacts(metricName).statistic, ...options });
  }

  private measured(props: cloudwatch.MetricProps): cloudwatch.Metric {
    return new cloudwatch.Metric(props).attachTo(this);
  }
}

/** A router that exists already. */
export class ImportedRouter extends RouterBase {
  public readonly functionArn: string;
  public readonly serviceName: string;
  public readonly hostNames: string[];
  public readonly functionName: string;
  public readonly logGroupName: string;
  public readonly maxDuration: Duration;

  constructor(scope: Construct, id: string, attributes: FailoverRouterAttributes) {
    super(scope, id);
    const { functionArn, serviceName, hostNames, logGroupName, maxDuration } = attributes;
    if (hostNames.length === 0) {
      throw new ValidationError(
        this,
        "'hostNames' is empty; name the router's hosts in the order of its chain, such as ['anthropic', 'bedrock-us-east-1']",
      );
    }
    if (!Token.isUnresolved(functionArn) && !FUNCTION_ARN.test(functionArn)) {
      throw new ValidationError(
        this,
        `'functionArn' must be arn:<partition>:lambda:<region>:<account>:function:<name>:live, got '${functionArn}'`,
      );
    }
    this.functionArn = functionArn;
    this.serviceName = serviceName;
    this.hostNames = hostNames;
    this.functionName = Fn.select(FUNCTION_NAME, Fn.split(':', functionArn));
    this.logGroupName = logGroupName;
    this.maxDuration = maxDuration ?? Duration.millis(LONGEST_INVOCATION_MS);
  }
}

const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/;
/** Its place among the parts of `arn:aws:lambda:<region>:<account>:function:<name>:<alias>`. */
const FUNCTION_NAME = 6;
