import { Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENV, LIVE_ALIAS, LONGEST_INVOCATION_MS } from '../contract';
import type { FailoverRouterProps } from './router-props';
import type { FailoverRouterAttributes, IFailoverRouter, IMonitoredRouter } from './monitored-router';
import { bundledFunction } from './bundled-function';
import { grantHosts, grantHostsOfClients } from '../hosts/grant-hosts';
import { grantHealth, healthTable } from './health-table';
import { type BoundRouter, bindRouter } from './bind-router';
import { ImportedRouter, RouterBase } from './router-base';
import { storeConfig } from './stored/stored-config';
import { ValidationError } from '../validation-error';
import { type IProviderKey, ProviderKey } from '../hosts/provider-key';
import { encryptWith } from './encryption';

/** The router alone: to invoke, or to put behind an API of one's own. */
export class FailoverRouter extends RouterBase implements ec2.IConnectable, iam.IGrantable {
  /**
   * A router that exists already, with what alarms, dashboard and metrics have to know of it.
   */
  public static fromFailoverRouterAttributes(
    scope: Construct,
    id: string,
    attributes: FailoverRouterAttributes,
  ): IMonitoredRouter {
    return new ImportedRouter(scope, id, attributes);
  }

  /**
   * A router that exists already, in this account or another, to invoke it.
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
  /** Names of its hosts: those of `chain` in their order, then those that only routes and last resorts have. */
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
      tracing: props.tracing,
      architecture: props.architecture,
      logRetention: props.logRetention,
      removalPolicy,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
    this.functionName = this.function.functionName;
    this.logGroup = this.function.logGroup;
    this.logGroupName = this.logGroup.logGroupName;
    this.hostNames = hostNamesOf(props);
    this.grantPrincipal = this.function.grantPrincipal;
    grantHosts(hosts, this);
    grantHostsOfClients(hosts, this);
    grantHealth(this.healthTable, this);
    storeConfig(this, this.function, config);
    this.alias = new lambda.Alias(this, 'Alias', {
      aliasName: LIVE_ALIAS,
      version: this.function.currentVersion,
      provisionedConcurrentExecutions: provisioned(this, props),
    });
    this.functionArn = this.alias.functionArn;
    this._keys = [...new Set(hosts.flatMap(({ keys }) => keys))];
    const secrets = this._keys.filter((key) => key instanceof ProviderKey && !key._hasKey);
    encryptWith(this, props, secrets);
  }

  /** Its security groups, and the rules for them. A router without a `vpc` has none, and throws. */
  public get connections(): ec2.Connections {
    if (this.function.isBoundToVpc) return this.function.connections;
    throw new ValidationError(
      this,
      "the router runs in no VPC, so that it has no security groups and no 'connections'; give it a 'vpc', " +
        'or leave out the rule: outside of a VPC it reaches every public address',
    );
  }

  public override grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.alias.grantInvoke(grantee);
  }
}

function hostNamesOf({ chain, routes = [], lastResort = [] }: FailoverRouterProps): string[] {
  const others = [...routes.flatMap((route) => route.lastResort ?? []), ...lastResort];
  const hosts = [...chain, ...routes.flatMap((route) => route.chain), ...others.map(({ host }) => host)];
  return [...new Set(hosts.map(({ name }) => name))];
}

function memorySize(scope: Construct, value = 1024): number {
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= 128 && value <= 10_240)) return value;
  throw new ValidationError(scope, `'memorySize' must be a whole number of MiB from 128 to 10240, got ${value}`);
}

function provisioned(scope: Construct, props: FailoverRouterProps): number | undefined {
  const { provisionedConcurrentExecutions: value, reservedConcurrentExecutions: reserved = Infinity } = props;
  if (value === undefined || Token.isUnresolved(value)) return value;
  if (Number.isInteger(value) && value >= 1 && (Token.isUnresolved(reserved) || value <= reserved)) return value;
  const limit = Number.isFinite(reserved) ? ` up to the ${reserved} of 'reservedConcurrentExecutions'` : '';
  throw new ValidationError(
    scope,
    `'provisionedConcurrentExecutions' must be a whole number from 1${limit}, got ${value}; leave it out for none`,
  );
}

function timeout(scope: Construct, value = Duration.millis(LONGEST_INVOCATION_MS)): Duration {
  const ms = value.isUnresolved() ? LONGEST_INVOCATION_MS : value.toMilliseconds();
  if (ms >= 1_000 && ms <= LONGEST_INVOCATION_MS && Number.isInteger(ms / 1_000)) return value;
  throw new ValidationError(
    scope,
    `'timeout' must be whole seconds from 1 and at most 15 minutes, Lambda's own limit, got ${value.toHumanString()}`,
  );
}
