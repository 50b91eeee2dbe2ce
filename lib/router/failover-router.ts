import { type Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type AuditFailure, ENV, type StackDescription } from '../contract';
import type { FailoverRouterProps } from './router-props';
import type { FailoverRouterAttributes, IFailoverRouter, IMonitoredRouter } from './monitored-router';
import { grantHosts, grantHostsOfClients } from '../hosts/grant-hosts';
import { answerPlaces, letUse } from './cache/answer-places';
import { grantHealth, grantLimits, grantSpend, healthTable } from './health-table';
import { hasSpend } from './spend/check-spend';
import { fairQueueConfig } from './governance/fair-queue';
import { grantGuardrails } from './governance/guardrail';
import { type BoundRouter, bindRouter } from './bind-router';
import { ImportedRouter, RouterBase } from './router-base';
import { longestRequest } from './shape/lambda-runtime';
import { letServeFrom, otherRegions } from './shape/other-regions';
import { prepareRuntime } from './shape/prepare-runtime';
import { RouterShape, type ShapeKind } from './shape/router-shape';
import type { RouterRuntime } from './shape/runtime';
import { storeShapeConfig, type StoredAt } from './shape/shape-config';
import type { ShapedRouterProps } from './shape/shaped-router-props';
import { ValidationError } from '../validation-error';
import { type IProviderKey, ProviderKey } from '../hosts/provider-key';
import { encryptWith } from './encryption';
import { BATCHES_ENV_BYTES, prepareBatches } from './batches/prepare-batches';
import { prepareQueue } from './queue/prepare-queue';
import { recordingReader } from './stored/recording-reader';

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

  /** Log lines of requests, attempts and metrics; never of prompts or keys. */
  public readonly logGroup: logs.ILogGroup;
  /** What routers share of hosts' health. */
  public readonly healthTable: dynamodb.ITableV2;
  /** What has the answers that are given again; undefined where no route has a `cache`. */
  public readonly cacheTable?: dynamodb.ITableV2;
  /** What has those that are too large for it; undefined where no route has a `cache`. */
  public readonly cacheBucket?: s3.IBucket;
  /** Requests that wait; undefined without `queue`. */
  public readonly requestQueue?: sqs.IQueue;
  /** Requests that no worker could settle by their deadline; undefined without `queue`. */
  public readonly deadLetterQueue?: sqs.IQueue;
  /**
   * What becomes of requests while its audit trail cannot be written; undefined without one.
   * @internal
   */
  public readonly _auditFailure?: AuditFailure;
  /** Requests and results of Message Batches; undefined without `batches`. */
  public readonly batchesBucket?: s3.IBucket;
  /** What becomes of Message Batches; undefined without `batches`. */
  public readonly batchesTable?: dynamodb.ITableV2;
  /** Works Message Batches off; undefined without `batches`, and where the router does that itself. */
  public readonly batchWorker?: lambda.IFunction;
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
  /** @internal */
  public readonly _shape: ShapeKind;
  /** @internal */
  public readonly _runtime: RouterRuntime;
  /** @internal */
  public readonly _hasBatchCanary: boolean;
  /**
   * Where tools find its configuration, unless it is a Lambda function's.
   * @internal
   */
  public readonly _storedAt?: StoredAt;

  constructor(scope: Construct, id: string, props: FailoverRouterProps) {
    super(scope, id);
    const { shape = RouterShape.lambda(), frontSecretSha256, probeKeySha256, keyIds = [] }: ShapedRouterProps = props;
    const settings = shape._settings;
    const bound = bindRouter(this, props, probeKeySha256);
    const { hosts } = bound;
    this._shape = settings.kind;
    // Two routers of one account and region would otherwise count into the same metrics, and page for each other.
    this.serviceName = Names.uniqueResourceName(this, { separator: '-', maxLength: 100 });
    this.hostNames = hostNamesOf(props);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
    const regions = otherRegions(this, settings);
    this.healthTable = props.healthTable ?? healthTable(this, removalPolicy, regions);
    this.maxDuration = longestRequest(this, props.timeout);
    const { encryptionKey } = props;
    const places = answerPlaces(this, bound.config, { removalPolicy, regions, encryptionKey });
    const environment = {
      [ENV.HEALTH_TABLE]: this.healthTable.tableName,
      [ENV.SERVICE]: this.serviceName,
      ...places?.environment,
      ...(keyIds.length > 0 && { [ENV.KEY_IDS]: keyIds.join(',') }),
    };
    const draft = prepareRuntime(this, settings, { ...props, environment, removalPolicy });
    const batches = props.batches && prepareBatches(this, settings, draft, bound, { ...props, removalPolicy });
    this.batchesBucket = batches?.bucket;
    this.batchesTable = batches?.table;
    this._hasBatchCanary = batches?.hasCanary ?? false;
    const waiting = props.queue && prepareQueue(this, settings, draft, bound.config, { ...props, removalPolicy });
    this.requestQueue = waiting?.queue;
    this.deadLetterQueue = waiting?.deadLetters;
    this.logGroup = draft.logGroup;
    this.logGroupName = draft.logGroup.logGroupName;
    this.grantPrincipal = draft.grantPrincipal;
    const audit = props.audit?._attach(this);
    this._auditFailure = audit && (audit.whenDown ?? 'open');
    const fairQueue = fairQueueConfig(this, settings);
    const config = {
      ...bound.config,
      frontSecretSha256,
      audit,
      fairQueue,
      queue: waiting?.config,
      batches: batches?.config,
    };
    this._bound = { ...bound, config };
    grantHosts(hosts, this);
    grantHostsOfClients(hosts, this);
    grantGuardrails(this, this._bound.config, this);
    grantHealth(this.healthTable, this);
    const hasLimits = props.clients?.some(({ limits }) => limits !== undefined) ?? false;
    if (hasLimits) grantLimits(this.healthTable, this);
    const spends = hasSpend(props);
    if (spends) grantSpend(this.healthTable, this);
    if (places) letUse(this, places, regions, draft);
    this.cacheTable = places?.table;
    this.cacheBucket = places?.bucket;
    this._keys = [...new Set(hosts.flatMap(({ keys }) => keys))];
    const { healthTable: table, _keys: keys } = this;
    if (regions.length > 0) letServeFrom(this, regions, draft, { table, keys, hasLimits, spends });
    const reader = recordingReader(draft);
    this._storedAt = storeShapeConfig(this, settings, reader, this._bound.config, batches ? BATCHES_ENV_BYTES : 0);
    this._runtime = draft.complete();
    const workersEnvironment = { ...environment, ...reader.environment };
    const { securityGroups } = this._runtime.connections ?? {};
    waiting?.work(workersEnvironment, securityGroups);
    this.batchWorker = batches?.work(workersEnvironment, securityGroups);
    this.functionName = this._runtime.name;
    this.functionArn = this._runtime.arn;
    const secrets = this._keys.filter((key) => key instanceof ProviderKey && !key._hasKey);
    encryptWith(this, props, secrets);
  }

  /** The function. Traffic goes through `alias`. A router of another shape than `RouterShape.lambda()` has none, and throws. */
  public get function(): lambda.Function {
    return this.onLambda('function').function;
  }

  /** `live`: the version that takes traffic. A router of another shape than `RouterShape.lambda()` has none, and throws. */
  public get alias(): lambda.Alias {
    return this.onLambda('alias').alias;
  }

  /** Its security groups, and the rules for them. A router without a `vpc` has none, and throws. */
  public get connections(): ec2.Connections {
    if (this._runtime.connections !== undefined) return this._runtime.connections;
    throw new ValidationError(
      this,
      "the router runs in no VPC, so that it has no security groups and no 'connections'; give it a 'vpc', " +
        'or leave out the rule: outside of a VPC it reaches every public address',
    );
  }

  public override grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.onLambda('grantInvoke').alias.grantInvoke(grantee);
  }

  /** @internal */
  public get _batches(): StackDescription['batches'] {
    const { batchesTable: table, batchesBucket: bucket } = this;
    return table && bucket && { table: table.tableName, bucket: bucket.bucketName };
  }

  private onLambda(asked: string): NonNullable<RouterRuntime['onLambda']> {
    if (this._runtime.onLambda !== undefined) return this._runtime.onLambda;
    throw new ValidationError(
      this,
      `the router runs as '${this._shape}', so that there is no Lambda function to invoke, and no '${asked}'; take RouterShape.lambda() ` +
        "for one, or call the gateway by its 'url' with the key of a team",
    );
  }
}

function hostNamesOf({ chain, routes = [], lastResort = [] }: FailoverRouterProps): string[] {
  const others = [...routes.flatMap((route) => route.lastResort ?? []), ...lastResort];
  const hosts = [...chain, ...routes.flatMap((route) => route.chain), ...others.map(({ host }) => host)];
  return [...new Set(hosts.map(({ name }) => name))];
}
