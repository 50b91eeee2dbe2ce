import { Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import type { ClientProps } from './client';
import { DIMENSIONS, ENV, METRICS, METRICS_NAMESPACE } from '../contract';
import type { Host } from '../hosts/host';
import type { IMonitoredRouter } from './monitored-router';
import { bundledFunction } from './bundled-function';
import { grantHealth, healthTable } from './health-table';
import { type BoundRouter, bindRouter } from './router-config';
import { storeConfig } from './stored-config';
import { ValidationError } from '../validation-error';
import type { IProviderKey } from '../hosts/provider-key';
import type { Residency } from './residency';
import type { Commit, LatencyBudget, RouteProps } from './route';

/** A router: the function that answers from the first host of a chain that can. */
export interface IFailoverRouter extends IConstruct {
  /** ARN to invoke: of the alias, where there is one. */
  readonly functionArn: string;
  /** Lets somebody invoke the router, streaming or not. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;
}

/** What a router serves, from where, and how it runs. */
export interface FailoverRouterProps {
  /** Hosts in the order in which they are tried, for every request that no route takes. */
  readonly chain: Host[];
  /** Anthropic's ids or aliases of the models that are served. */
  readonly models: string[];
  /**
   * Requests that go elsewhere than to `chain`. The first route that matches is taken.
   * @default - every request goes to `chain`
   */
  readonly routes?: RouteProps[];
  /**
   * How long an answer may take, and how soon the next host is tried, on `chain`.
   * @default LatencyBudget.INTERACTIVE
   */
  readonly budget?: LatencyBudget;
  /**
   * The moment from which an answer belongs to the client, on `chain`.
   * @default Commit.FIRST_CONTENT
   */
  readonly commit?: Commit;
  /**
   * Share of the conversations on `chain`, 0 to 1, that begin at one of the fallbacks instead of the first host, so that quota,
   * prompt caches and connections there stay warm: 0.01 is one in a hundred. Only healthy fallbacks that can serve the request
   * are taken, in even parts, and a conversation keeps its own. If the fallback fails, the chain goes on as usual.
   * @default 0 - fallbacks serve only when they are needed
   */
  readonly trickle?: number;
  /**
   * Who may call.
   * @default - anyone the front door lets in
   */
  readonly clients?: ClientProps[];
  /**
   * Where requests may be processed. A host that would leave it stops synth.
   * @default Residency.ANYWHERE
   */
  readonly residency?: Residency;
  /**
   * Memory in MiB, 128 to 10240. Lambda gives CPU in proportion.
   * @default 1024 - over half a virtual CPU, so that a cold start and a body of 6 MB take moments; a stream needs far less
   */
  readonly memorySize?: number;
  /**
   * Longest time of one request, at most 15 minutes. The budgets end before it.
   * @default Duration.minutes(15)
   */
  readonly timeout?: Duration;
  /**
   * Requests at a time this router can always serve, and at most serves.
   * @default - what the account has unreserved
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * How long log lines are kept.
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * What happens to the log group and the health table when the stack is deleted.
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Network the router runs in; it needs a way out to each host.
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;
  /**
   * Subnets of `vpc`.
   * @default - its private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * Security groups in `vpc`.
   * @default - a new one
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * Table in which routers share what they know of hosts: partition key `kind`, sort key `entry`, both strings, TTL attribute `expires`.
   * @default - a new one
   */
  readonly healthTable?: dynamodb.ITableV2;
  /**
   * Name of the function's role, by which another cloud may know it: up to 64 letters, digits and `+=,.@_-`. A role with a name
   * of its own needs CAPABILITY_NAMED_IAM, and there can be one of that name in the account.
   * @default - a name of CloudFormation's
   */
  readonly roleName?: string;
  /**
   * Key that encrypts the function's environment.
   * @default - a key of Lambda's own
   */
  readonly environmentEncryption?: kms.IKey;
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
      roleName: roleName(this, props.roleName),
      memorySize: memorySize(this, props.memorySize),
      timeout: this.maxDuration,
      environment: { [ENV.HEALTH_TABLE]: this.healthTable.tableName, [ENV.SERVICE]: this.serviceName },
      environmentEncryption: props.environmentEncryption,
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
    for (const host of hosts) host.grantInvoke(this);
    grantHealth(this.healthTable, this);
    storeConfig(this, this.function, config);
    this.alias = new lambda.Alias(this, 'Alias', { aliasName: 'live', version: this.function.currentVersion });
    this.functionArn = this.alias.functionArn;
    this._keys = [...new Set(hosts.flatMap(({ keys }) => keys))];
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
    return this.metric(METRICS.requests, { statistic: 'Sum', ...options });
  }

  /**
   * Requests that another host than the first answered.
   * @default - sum over 5 minutes
   */
  public metricFailovers(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.failovers, { statistic: 'Sum', ...options });
  }

  /**
   * Requests that no host of their chain could serve.
   * @default - sum over 5 minutes
   */
  public metricExhausted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.exhausted, { statistic: 'Sum', ...options });
  }

  /**
   * Attempts without a usable credential: the key is a placeholder, or the host refused it.
   * @default - sum over 5 minutes
   */
  public metricCredentialFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.credentialFailures, { statistic: 'Sum', ...options });
  }

  /**
   * Invocations of the function that crashed or ran into its timeout.
   * @default - sum over 5 minutes
   */
  public metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.function.metricErrors(options);
  }
}

function roleName(scope: Construct, value: string | undefined): string | undefined {
  if (value === undefined || Token.isUnresolved(value) || /^[\w+=,.@-]{1,64}$/.test(value)) return value;
  throw new ValidationError(
    scope,
    `'roleName' must be 1 to 64 letters, digits and characters of +=,.@_-, got '${value}'; a shorter name of the stack makes a shorter one`,
  );
}

function memorySize(scope: Construct, value = 1024): number {
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= 128 && value <= 10_240)) return value;
  throw new ValidationError(scope, `'memorySize' must be a whole number of MiB from 128 to 10240, got ${value}`);
}

function timeout(scope: Construct, value = Duration.minutes(15)): Duration {
  if (value.isUnresolved() || value.toMilliseconds() <= Duration.minutes(15).toMilliseconds()) return value;
  throw new ValidationError(
    scope,
    `'timeout' must be at most 15 minutes, Lambda's own limit, got ${value.toHumanString()}`,
  );
}
