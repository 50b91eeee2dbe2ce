import { Annotations, CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import type { AuditTrail } from '../governance/audit/audit-trail';
import type { CanaryOptions } from '../monitoring/canary/canary-options';
import type { ClientProps } from '../router/client';
import { type PairDescription, STACK_OUTPUT, type StackDescription } from '../contract';
import { FailoverAlarms } from '../monitoring/alarms/failover-alarms';
import { FailoverDashboard } from '../monitoring/dashboard/failover-dashboard';
import { encryptWith } from '../router/encryption';
import { FailoverRouter } from '../router/failover-router';
import type { ShapedRouterProps } from '../router/shape/shaped-router-props';
import { RouterShape } from '../router/shape/router-shape';
import type { FailoverGatewayProps } from './failover-gateway-props';
import { FallbackCanary } from '../monitoring/canary/fallback-canary';
import { OutsideView } from '../monitoring/canary/outside-view';
import { spendNames, tellOfSpend } from '../monitoring/spend/tell-of-spend';
import { alarmTopic } from '../monitoring/alarms/alarm-topic';
import { type CanaryAccess, letIn } from './canary-access';
import { ApiDoor } from './door/api-door';
import type { GatewayDoor } from './door/door';
import { OwnDoor } from './door/own-door';
import { grantCallers } from './auth/grant-callers';
import { ProviderKey } from '../hosts/provider-key';
import { KeyReminder } from '../monitoring/key-reminder';
import { type FailoverGatewayAttributes, GatewayBase, type IFailoverGateway, ImportedGateway } from './gateway-base';
import { ValidationError } from '../validation-error';

/** The whole gateway: an API that speaks Anthropic's Messages API and keeps answering while a host of Claude is down. */
export class FailoverGateway extends GatewayBase {
  /** A gateway that exists already: to call it, and to watch it. */
  public static fromFailoverGatewayAttributes(
    scope: Construct,
    id: string,
    attributes: FailoverGatewayAttributes,
  ): IFailoverGateway {
    return new ImportedGateway(scope, id, attributes);
  }

  public readonly router: FailoverRouter;
  /** Alarms that clients feel. */
  public readonly pageTopic: sns.ITopic;
  /** What can wait for working hours. */
  public readonly noticeTopic: sns.ITopic;
  public readonly alarms: FailoverAlarms;
  /** Undefined if it is switched off. */
  public readonly canary?: FallbackCanary;
  /** Undefined unless it is switched on. */
  public readonly outsideView?: OutsideView;
  /** Undefined if it is switched off. */
  public readonly dashboard?: FailoverDashboard;
  private ownUrl: string;
  private pair?: PairDescription;

  private readonly door: GatewayDoor;

  constructor(scope: Construct, id: string, props: FailoverGatewayProps) {
    super(scope, id);
    const wantsCanary = props.canary?.enabled !== false;
    const door = doorOf(this, props, wantsCanary);
    this.door = door;

    this.pageTopic = alarmTopic(this, 'PageTopic', props.pageTopic, props.pageEmails);
    this.noticeTopic = alarmTopic(this, 'NoticeTopic', props.noticeTopic, props.noticeEmails);
    if (props.pageTopic === undefined && !props.pageEmails?.length) this.warnOfSilence();

    const routerProps: ShapedRouterProps = {
      ...props,
      ...door.routerProps,
      clients: allClients(door.clients, props.clients),
    };
    this.router = new FailoverRouter(this, 'Router', routerProps);
    const { router, pageTopic, noticeTopic } = this;
    const keys = router._keys.filter((key) => !ProviderKey._isReplica(key));
    const { statusPages, logRetention } = props;
    const canaryAccess = wantsCanary && asksEndpoint(props, door) ? door.access(props.canary) : undefined;
    this.alarms = new FailoverAlarms(this, 'Alarms', {
      ...props.alarms,
      router,
      pageTopic,
      noticeTopic,
      canary: wantsCanary
        ? { ...props.canary, endpointCheck: canaryAccess !== undefined, quotaHosts: quotaHosts(props.canary) }
        : undefined,
      statusPages,
      keyReminder: keys.length > 0,
      logRetention,
    });
    door.deploy(router, this.alarms);
    if (keys.length > 0) {
      const { serviceName } = router;
      new KeyReminder(this, 'KeyReminder', { keys, serviceName, noticeTopic, logRetention });
    }
    this.ownUrl = door.open(router);
    if (wantsCanary) {
      this.canary = this.addCanary(props, canaryAccess);
      // A schedule begins at once; without it there would be a page for silence before the first round.
      this.alarms._canarySilent?.node.addDependency(this.canary.schedule);
    }
    if (props.canary?.outsideView) this.outsideView = this.addOutsideView(props, door);
    if (props.dashboard ?? true) {
      const canaryLogGroupName = this.canary?.logGroup.logGroupName;
      this.dashboard = new FailoverDashboard(this, 'Dashboard', {
        router,
        alarms: this.alarms,
        canaryLogGroupName,
        statusPages,
        spend: props.spendReport && spendNames(router, props.spendReport),
      });
    }
    if (props.spendReport) tellOfSpend(this, props.spendReport, { router, noticeTopic, logRetention });
    this.addOutputs(props.audit);
    encryptWith(this, props);
  }

  /** Base URL for Anthropic SDKs (`base_url`, `ANTHROPIC_BASE_URL`), without a slash at its end. */
  public get url(): string {
    return this.pair ? `https://${this.pair.name}` : this.ownUrl;
  }

  /**
   * Clients reach it by a name that it shares with another gateway; whatever looks at this one alone goes to its own.
   * @internal
   */
  public _joinPair(ownUrl: string, pair: PairDescription): void {
    this.ownUrl = ownUrl;
    this.pair = pair;
    for (const canary of [this.canary, this.outsideView]) canary?._askAt(ownUrl);
  }

  /** The API. A gateway of another shape than `RouterShape.lambda()` has none, and throws. */
  public get api(): apigateway.RestApi {
    return this.throughApi('api').api;
  }

  /** Id of its API. A gateway of another shape than `RouterShape.lambda()` has none, and throws. */
  public get restApiId(): string {
    return this.throughApi('restApiId').api.restApiId;
  }

  /** Name of its API, by which API Gateway's metrics go. A gateway of another shape than `RouterShape.lambda()` has none, and throws. */
  public get restApiName(): string {
    return this.throughApi('restApiName').api.restApiName;
  }

  /** Name of the API's stage. A gateway of another shape than `RouterShape.lambda()` has none, and throws. */
  public get stageName(): string {
    return this.throughApi('stageName').api.deploymentStage.stageName;
  }

  /** How CodeDeploy shifts the traffic. A gateway of another shape than `RouterShape.lambda()` has none, and throws. */
  public get deploymentGroup(): codedeploy.LambdaDeploymentGroup {
    return this.throughApi('deploymentGroup').deploymentGroup;
  }

  /** Lets somebody call the gateway with AWS credentials; an error unless `auth` is `ClientAuth.iam()`. */
  public override grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantCallers(this.api, grantee);
  }

  private addCanary(props: FailoverGatewayProps, access: CanaryAccess | undefined): FallbackCanary {
    const { router } = this;
    const { vpc, vpcSubnets, securityGroups, logRetention, canary: options = {} } = props;
    const canary = new FallbackCanary(this, 'Canary', {
      ...options,
      router,
      logRetention,
      vpc,
      vpcSubnets,
      securityGroups,
    });
    if (access) letIn(canary, access, this.way, options);
    return canary;
  }

  private addOutsideView(props: FailoverGatewayProps, door: GatewayDoor): OutsideView {
    const { router, url } = this;
    const { canary = {}, removalPolicy } = props;
    const refuse = (why: string): never => {
      throw new ValidationError(this, `'canary.outsideView' ${why}`);
    };
    if (door.isPrivate) refuse('comes from the internet, which a private endpoint is closed to; leave it out');
    if (door.needsClientCertificate) refuse('has no certificate of a client to show; leave it out');
    if (canary.enabled === false)
      refuse("goes by the canary's key, and there is no canary; leave out 'canary.enabled'");
    const access = door.access(canary) ?? refuse("has no key that this authorizer takes; give 'canary.endpointKey'");
    const view = new OutsideView(this, 'OutsideView', { ...canary.outsideView, router, url, removalPolicy });
    letIn(view, access, this.way, canary);
    // The first look comes at once, and must find the whole way there.
    const way = ['Api', 'Auth', 'Cdn', 'DomainRecord', 'DomainRecordIpv6'].flatMap(
      (id) => this.node.tryFindChild(id) ?? [],
    );
    view.canary.node.addDependency(...way);
    this.alarms._watchOutside(view);
    return view;
  }

  private addOutputs(audit: AuditTrail | undefined): void {
    const { firstKeyId, canaryKeyId } = this.door;
    const value = Lazy.string({ produce: () => this.url });
    new CfnOutput(this, 'Url', { description: 'Base URL for Anthropic SDKs', value });
    const description = (): StackDescription => ({
      url: this.ownUrl,
      region: Stack.of(this).region,
      healthTable: { name: this.router.healthTable.tableName },
      router: this.router.functionArn,
      shape: this.router._shape === 'lambda' ? undefined : this.router._shape,
      config: this.router._storedAt,
      batches: this.router._batches,
      pageTopic: this.pageTopic.topicArn,
      noticeTopic: this.noticeTopic.topicArn,
      keyId: canaryKeyId,
      pair: this.pair,
      audit: audit?._describe(this.router.logGroupName),
    });
    new CfnOutput(this, 'Description', {
      description: STACK_OUTPUT,
      value: Lazy.string({ produce: () => Stack.of(this).toJsonString(description()) }),
    });
    if (firstKeyId === undefined) return;
    new CfnOutput(this, 'FirstKeyCommand', {
      description: "Prints the first team's gateway key",
      value:
        `aws apigateway get-api-key --api-key ${firstKeyId} --include-value --query value --output text ` +
        `--region ${Stack.of(this).region}`,
    });
  }

  /** Where canaries go. */
  private get way() {
    return { url: this.url, api: this.door instanceof ApiDoor ? this.door.api : undefined, scope: this };
  }

  private throughApi(asked: string): ApiDoor {
    if (this.door instanceof ApiDoor) return this.door;
    throw new ValidationError(
      this,
      `the gateway runs as '${this.router._shape}', so that there is no API Gateway before it, and no '${asked}'; take RouterShape.lambda() ` +
        "for one, or its own 'url' and the router's metrics",
    );
  }

  private warnOfSilence(): void {
    Annotations.of(this).addWarningV2(
      'cdk-claude-failover:noPageAddress',
      "nobody is told when the gateway's alarms go off; give 'pageEmails' or a 'pageTopic' that somebody subscribes to",
    );
  }
}

function doorOf(gateway: FailoverGateway, props: FailoverGatewayProps, canary: boolean): GatewayDoor {
  const { shape = RouterShape.lambda() } = props;
  const settings = shape._settings;
  return settings.kind === 'lambda'
    ? new ApiDoor(gateway, props, canary)
    : new OwnDoor(gateway, props, shape, settings, canary);
}

/** Where the canary runs, it cannot always reach the endpoint. */
const asksEndpoint = (
  { canary = {}, vpc }: FailoverGatewayProps,
  { isPrivate, needsClientCertificate }: GatewayDoor,
): boolean => canary.endpointCheck ?? (!needsClientCertificate && (!isPrivate || vpc !== undefined));

const quotaHosts = (canary: CanaryOptions = {}): string[] | undefined => canary.quotas?.map(({ host }) => host);

/** An empty list would say that nobody may call. */
function allClients(ofAuth: ClientProps[] = [], given: ClientProps[] = []): ClientProps[] | undefined {
  const clients = [...ofAuth, ...given];
  return clients.length > 0 ? clients : undefined;
}
