import { Annotations, CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { CanaryOptions } from '../monitoring/canary/canary-options';
import type { ClientProps } from '../router/client';
import { ClientAuth } from './auth/client-auth';
import { type PairDescription, STACK_OUTPUT, type StackDescription } from '../contract';
import { FailoverAlarms } from '../monitoring/alarms/failover-alarms';
import { FailoverDashboard } from '../monitoring/dashboard/failover-dashboard';
import { encryptWith } from '../router/encryption';
import { FailoverRouter } from '../router/failover-router';
import type { FailoverGatewayProps } from './failover-gateway-props';
import { FallbackCanary } from '../monitoring/canary/fallback-canary';
import { GatewayEndpoint } from './endpoint/gateway-endpoint';
import { OutsideView } from '../monitoring/canary/outside-view';
import { alarmTopic } from '../monitoring/alarms/alarm-topic';
import { accessOf, type CanaryAccess, letIn } from './canary-access';
import type { ClientAuthBinding } from './auth/client-auth-binding';
import type { GatewayEndpointBinding } from './endpoint/endpoint-binding';
import { grantCallers } from './auth/grant-callers';
import { ProviderKey } from '../hosts/provider-key';
import { KeyReminder } from '../monitoring/key-reminder';
import { type FailoverGatewayAttributes, GatewayBase, type IFailoverGateway, ImportedGateway } from './gateway-base';
import { gatewayApi } from './rest-api';
import { ValidationError } from '../validation-error';
import { RouterDeployment } from './deployment/router-deployment';

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
  public readonly api: apigateway.RestApi;
  public readonly restApiId: string;
  public readonly restApiName: string;
  public readonly stageName: string;
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
  public readonly deploymentGroup: codedeploy.LambdaDeploymentGroup;
  private ownUrl: string;
  private pair?: PairDescription;

  constructor(scope: Construct, id: string, props: FailoverGatewayProps) {
    super(scope, id);
    const wantsCanary = props.canary?.enabled !== false;
    const { auth: clientAuth = ClientAuth.apiKeys(), endpoint: gatewayEndpoint = GatewayEndpoint.public() } = props;
    const { logRetention, tracing, architecture } = props;
    const authScope = new Construct(this, 'Auth');
    const auth = clientAuth.bind(authScope, { canary: wantsCanary, logRetention, tracing, architecture });
    const endpoint = gatewayEndpoint.bind(this);

    this.pageTopic = alarmTopic(this, 'PageTopic', props.pageTopic, props.pageEmails);
    this.noticeTopic = alarmTopic(this, 'NoticeTopic', props.noticeTopic, props.noticeEmails);
    if (props.pageTopic === undefined && !props.pageEmails?.length) this.warnOfSilence();

    this.router = new FailoverRouter(this, 'Router', { ...props, clients: allClients(auth, props.clients) });
    const { router, pageTopic, noticeTopic } = this;
    const keys = router._keys.filter((key) => !ProviderKey._isReplica(key));
    const { statusPages } = props;
    const canaryAccess = wantsCanary && asksEndpoint(props, endpoint) ? accessOf(auth, props.canary) : undefined;
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
    this.deploymentGroup = (props.deployment ?? RouterDeployment.CANARY_10_PERCENT_5_MINUTES)._bind(
      new Construct(this, 'Deployment'),
      router,
      this.alarms,
    );
    if (keys.length > 0) {
      const { serviceName } = router;
      new KeyReminder(this, 'KeyReminder', { keys, serviceName, noticeTopic, logRetention });
    }

    this.api = gatewayApi(this, 'Api', {
      router: this.router.alias,
      auth,
      endpoint,
      rateLimit: props.throttlingRateLimit,
      burstLimit: props.throttlingBurstLimit,
      accessLogRetention: props.accessLogRetention,
      removalPolicy: props.removalPolicy,
      cloudWatchRole: props.cloudWatchRole,
      accessLogRole: props.accessLogRole,
      stageName: props.stageName,
      openHealth: props.openHealth,
      tracing,
    });
    this.restApiId = this.api.restApiId;
    this.restApiName = this.api.restApiName;
    this.stageName = this.api.deploymentStage.stageName;
    clientAuth.attach(authScope, this.api);
    this.ownUrl = gatewayEndpoint.attach(this, this.api);
    props.firewall?._bind(new Construct(this, 'Firewall'), this.api.deploymentStage);
    if (wantsCanary) {
      this.canary = this.addCanary(props, canaryAccess);
      // A schedule begins at once; without it there would be a page for silence before the first round.
      this.alarms._canarySilent?.node.addDependency(this.canary.schedule);
    }
    if (props.canary?.outsideView) this.outsideView = this.addOutsideView(props, auth, endpoint);
    if (props.dashboard ?? true) {
      const canaryLogGroupName = this.canary?.logGroup.logGroupName;
      this.dashboard = new FailoverDashboard(this, 'Dashboard', {
        router,
        alarms: this.alarms,
        canaryLogGroupName,
        statusPages,
      });
    }
    this.addOutputs(auth);
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
    if (access) letIn(canary, access, this, options);
    return canary;
  }

  private addOutsideView(
    props: FailoverGatewayProps,
    auth: ClientAuthBinding,
    endpoint: GatewayEndpointBinding,
  ): OutsideView {
    const { router, url } = this;
    const { canary = {}, removalPolicy } = props;
    const refuse = (why: string): never => {
      throw new ValidationError(this, `'canary.outsideView' ${why}`);
    };
    if (endpoint.isPrivate) refuse('comes from the internet, which a private endpoint is closed to; leave it out');
    if (endpoint.needsClientCertificate) refuse('has no certificate of a client to show; leave it out');
    if (canary.enabled === false)
      refuse("goes by the canary's key, and there is no canary; leave out 'canary.enabled'");
    const access = accessOf(auth, canary) ?? refuse("has no key that this authorizer takes; give 'canary.endpointKey'");
    const view = new OutsideView(this, 'OutsideView', { ...canary.outsideView, router, url, removalPolicy });
    letIn(view, access, this, canary);
    // The first look comes at once, and must find the whole way there.
    const way = ['Api', 'Auth', 'DomainRecord', 'DomainRecordIpv6'].flatMap((id) => this.node.tryFindChild(id) ?? []);
    view.canary.node.addDependency(...way);
    this.alarms._watchOutside(view);
    return view;
  }

  private addOutputs({ firstKeyId, canaryKeyId }: ClientAuthBinding): void {
    new CfnOutput(this, 'Url', {
      description: 'Base URL for Anthropic SDKs',
      value: Lazy.string({ produce: () => this.url }),
    });
    const description = (): StackDescription => ({
      url: this.ownUrl,
      region: Stack.of(this).region,
      healthTable: { name: this.router.healthTable.tableName },
      router: this.router.functionArn,
      pageTopic: this.pageTopic.topicArn,
      noticeTopic: this.noticeTopic.topicArn,
      keyId: canaryKeyId,
      pair: this.pair,
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

  private warnOfSilence(): void {
    Annotations.of(this).addWarningV2(
      'cdk-claude-failover:noPageAddress',
      "nobody is told when the gateway's alarms go off; give 'pageEmails' or a 'pageTopic' that somebody subscribes to",
    );
  }
}

/** Where the canary runs, it cannot always reach the endpoint. */
const asksEndpoint = (
  { canary = {}, vpc }: FailoverGatewayProps,
  { isPrivate, needsClientCertificate }: GatewayEndpointBinding,
): boolean => canary.endpointCheck ?? (!needsClientCertificate && (!isPrivate || vpc !== undefined));

const quotaHosts = (canary: CanaryOptions = {}): string[] | undefined => canary.quotas?.map(({ host }) => host);

/** An empty list would say that nobody may call. */
function allClients(auth: ClientAuthBinding, given: ClientProps[] = []): ClientProps[] | undefined {
  const clients = [...(auth.clients ?? []), ...given];
  return clients.length > 0 ? clients : undefined;
}
