import { Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import {
  DIMENSIONS,
  ENV,
  LONGEST_INVOCATION_MS,
  METRIC_FACTS,
  type MetricName,
  METRICS,
  METRICS_NAMESPACE,
} from '../contract';
import type { FailoverRouterProps } from './router-props';
import type { IMonitoredRouter } from './monitored-router';
import { bundledFunction } from './bundled-function';
import { grantHosts } from '../hosts/grant-hosts';
import { grantHealth, healthTable } from './health-table';
import { type BoundRouter, bindRouter } from './bind-router';
import { storeConfig } from './stored/stored-config';
import { ValidationError } from '../validation-error';
import { type IProviderKey, ProviderKey } from '../hosts/provider-key';
import { encryptWith } from './encryption';

/** A router: the function that answers from the first host of a chain that can. */
export interface IFailoverRouter extends IConstruct {
  /** ARN to invoke: of the alias, where there is one. */
  readonly functionArn: string;
  /** Lets somebody invoke the router, streaming or not. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;
}

/** The router alone: to invoke, or to put behind an API of one's own. */
export class FailoverRouter extends Construct implements IFailoverRouter, IMonitoredRouter, iam.IGrantable {
  /**
   * A router that exists already, in this account or another.
   * @param functionArn ARN of its alias, `arn:aws:lambda:<region>:<account>:function:<name>:live`
   */
  public static fromFunctionArn(scope: Construct, id: string, functionArn: string): IFailoverRouter {
    class Import extends Construct implements IFailoverRouter {
      public readonly functionArn = functionArn;
      public grantInvoke(grantee: iam.IGrantable): iam.Grant {
        return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [functionArn] });
      }
    }
    return new Import(scope, id);
  }

  /** The function. Traffic goes through `alias`. */
  public readonly function: lambda.Function;
  /** `live`: the version that takes traffic. */
  public readonly alias: lambda.Alias;
  /** Log lines of requests, attempts and metrics; never of prompts or keys. */
  public readonly logGroup: logs.ILogGroup;
  /** What routers share of hosts' health. */
  public readonly healthTable: dynamodb.ITableV2;
  public readonly functionArn: string;
  public readonly grantPrincipal: iam.IPrincipal;
  /** What logs and metrics call this router: value of the dimension `service`. */
  public readonly serviceName: string;
  /** Names of its hosts: those of `chain` in their order, then those that only routes have. */
  public readonly hostNames: string[];
  public readonly functionName: string;
  public readonly logGroupName: string;
  public readonly maxDuration: Duration;
  /** @internal */
  public readonly _keys: readonly IProviderKey[];
  /** @internal */
  public readonly _bound: BoundRouter;

  constructor(scope: Construct, id: string, props: FailoverRouterProps) {
    super(scope, id);
    this._bound = bindRouter(this, props);
    const { config, hosts } = this._bound;
    // Two routers of one account and region would otherwise count into the same metrics, and page for each other.
    this.serviceName = Names.uniqueResourceName(this, { separator: '-', maxLength: 100 });
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
    this.healthTable = props.healthTable ?? healthTable(this, removalPolicy);
    this.maxDuration = timeout(this, props.timeout);
    this.function = bundledFunction(this, {
      bundle: 'router',
      description: 'Claude from the first host of a chain that answers',
      roleName: props.roleName,
      memorySize: memorySize(this, props.memorySize),
      timeout: this.maxDuration,
      environment: { [ENV.HEALTH_TABLE]: this.healthTable.tableName, [ENV.SERVICE]: this.serviceName },
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      logRetention: props.logRetention,
      removalPolicy,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
    this.functionName = this.function.functionName;
    this.logGroup = this.function.logGroup;
    this.logGroupName = this.logGroup.logGroupName;
    const chains = [props.chain, ...(props.routes ?? []).map(({ chain }) => chain)];
    this.hostNames = [...new Set(chains.flat().map(({ name }) => name))];
    this.grantPrincipal = this.function.grantPrincipal;
    grantHosts(hosts, this);
    grantHealth(this.healthTable, this);
    storeConfig(this, this.function, config);
    this.alias = new lambda.Alias(this, 'Alias', { aliasName: 'live', version: this.function.currentVersion });
    this.functionArn = this.alias.functionArn;
    this._keys = [...new Set(hosts.flatMap(({ keys }) => keys))];
    const secrets = this._keys.filter((key) => key instanceof ProviderKey && !key._hasKey);
    encryptWith(this, props, secrets);
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.alias.grantInvoke(grantee);
  }

  /**
   * A metric of the router, by its name in namespace `ClaudeFailover`.
   * @default - average over 5 minutes
   */
  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { [DIMENSIONS.service]: this.serviceName },
      ...options,
    }).attachTo(this);
  }

  /**
   * Requests.
   * @default - sum over 5 minutes
   */
  public metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.requests, options);
  }

  /**
   * Requests that another host than the first answered.
   * @default - sum over 5 minutes
   */
  public metricFailovers(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.failovers, options);
  }

  /**
   * Requests that no host of their chain could serve.
   * @default - sum over 5 minutes
   */
  public metricExhausted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.exhausted, options);
  }

  /**
   * Attempts without a usable credential: the key is a placeholder, or the host refused it.
   * @default - sum over 5 minutes
   */
  public metricCredentialFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own(METRICS.credentialFailures, options);
  }

  /**
   * Invocations of the function that crashed or ran into its timeout.
   * @default - sum over 5 minutes
   */
  public metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.function.metricErrors(options);
  }

  private own(metricName: MetricName, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, { statistic: METRIC_FACTS[metricName].statistic, ...options });
  }
}

function memorySize(scope: Construct, value = 1024): number {
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= 128 && value <= 10_240)) return value;
  throw new ValidationError(scope, `'memorySize' must be a whole number of MiB from 128 to 10240, got ${value}`);
}

function timeout(scope: Construct, value = Duration.millis(LONGEST_INVOCATION_MS)): Duration {
  const ms = value.isUnresolved() ? LONGEST_INVOCATION_MS : value.toMilliseconds();
  if (ms >= 1_000 && ms <= LONGEST_INVOCATION_MS && Number.isInteger(ms / 1_000)) return value;
  throw new ValidationError(
    scope,
    `'timeout' must be whole seconds from 1 and at most 15 minutes, Lambda's own limit, got ${value.toHumanString()}`,
  );
}
