import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmTuning } from '../monitoring/alarms/alarm-tuning';
import type { CanaryOptions } from '../monitoring/canary/canary-options';
import type { ClientProps } from '../router/client';
import { ClientAuth } from './client-auth';
import { STACK_OUTPUT, type StackDescription } from '../contract';
import { FailoverAlarms } from '../monitoring/alarms/failover-alarms';
import { FailoverDashboard } from '../monitoring/dashboard/failover-dashboard';
import { encryptWith } from '../router/encryption';
import { FailoverRouter } from '../router/failover-router';
import type { FailoverRouterProps } from '../router/router-props';
import { FallbackCanary } from '../monitoring/canary/fallback-canary';
import type { Firewall } from './firewall';
import { GatewayEndpoint } from './gateway-endpoint';
import { OutsideView } from '../monitoring/canary/outside-view';
import { alarmTopic } from '../monitoring/alarms/alarm-topic';
import { accessOf, type CanaryAccess, letIn } from './canary-access';
import { grantCallers } from './access/grant-callers';
import type { ClientAuthBinding } from './client-auth-binding';
import type { EndpointBinding } from './endpoint-binding';
import { KeyReminder } from '../monitoring/key-reminder';
import { gatewayApi } from './rest-api';
import { ValidationError } from '../validation-error';
import { RouterDeployment } from './router-deployment';

/** A router, and everything in front of it and around it. */
export interface FailoverGatewayProps extends FailoverRouterProps {
  /**
   * How the gateway knows its clients.
   * @default ClientAuth.apiKeys() - one key, of a team called `default`
   */
  readonly auth?: ClientAuth;
  /**
   * Where clients reach the gateway.
   * @default GatewayEndpoint.public()
   */
  readonly endpoint?: GatewayEndpoint;
  /**
   * A web ACL in front of the gateway.
   * @default - none; keys and usage plans protect the gateway
   */
  readonly firewall?: Firewall;
  /**
   * How a new version of the router takes over the traffic.
   * @default RouterDeployment.CANARY_10_PERCENT_5_MINUTES
   */
  readonly deployment?: RouterDeployment;
  /**
   * Requests a second, on average and over all clients, a whole number from 1.
   * @default 100 - answers that stream for ten seconds each then fill the 1,000 concurrent executions of a new account
   */
  readonly throttlingRateLimit?: number;
  /**
   * Requests that may come at once, over all clients, a whole number from 1.
   * @default 200 - two seconds' worth
   */
  readonly throttlingBurstLimit?: number;
  /**
   * Topic for what must wake somebody: an alarm that clients feel.
   * @default - a new topic
   */
  readonly pageTopic?: sns.ITopic;
  /**
   * Topic for what can wait for working hours: a key that grows old.
   * @default - a new topic
   */
  readonly noticeTopic?: sns.ITopic;
  /**
   * Addresses that subscribe to `pageTopic`; each has to confirm once, by the link in a mail.
   * @default - none; synth warns if there is no `pageTopic` either
   */
  readonly pageEmails?: string[];
  /**
   * Addresses that subscribe to `noticeTopic`; each has to confirm once, by the link in a mail.
   * @default - none
   */
  readonly noticeEmails?: string[];
  /**
   * Alarms that are tuned or switched off.
   * @default - all as `AlarmTuning` describes them
   */
  readonly alarms?: AlarmTuning;
  /**
   * How the canary goes about it that asks every host, or that there is none.
   * @default - as `CanaryOptions` describes it
   */
  readonly canary?: CanaryOptions;
  /**
   * Status pages of hosts that are linked on the dashboard and in alarms, by name. They decide nothing.
   * @default - Anthropic's, AWS's and Google's
   */
  readonly statusPages?: { [name: string]: string };
  /**
   * Whether there is a dashboard. It costs 3 USD a month where the account has three already.
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * How long lines of the access log are kept. They hold no body and no key.
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly accessLogRetention?: logs.RetentionDays;
  /**
   * Whether this stack gives API Gateway the role by which it writes access logs. An account has one such role in a region,
   * for all its APIs: say false where there is one already, else this one takes its place and goes with this stack.
   * @default true
   */
  readonly cloudWatchRole?: boolean;
}

/** The whole gateway: an API that speaks Anthropic's Messages API and keeps answering while a host of Claude is down. */
export class FailoverGateway extends Construct {
  public readonly router: FailoverRouter;
  public readonly api: apigateway.RestApi;
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
  /** Base URL for Anthropic SDKs (`base_url`, `ANTHROPIC_BASE_URL`), without a slash at its end. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: FailoverGatewayProps) {
    super(scope, id);
    const wantsCanary = props.canary?.enabled !== false;
    const auth = (props.auth ?? ClientAuth.apiKeys())._bind(new Construct(this, 'Auth'), {
      logRetention: props.logRetention,
      canary: wantsCanary,
    });
    const endpoint = (props.endpoint ?? GatewayEndpoint.public())._bind(this);

    this.pageTopic = alarmTopic(this, 'PageTopic', props.pageTopic, props.pageEmails);
    this.noticeTopic = alarmTopic(this, 'NoticeTopic', props.noticeTopic, props.noticeEmails);
    if (props.pageTopic === undefined && !props.pageEmails?.length) this.warnOfSilence();

    this.router = new FailoverRouter(this, 'Router', { ...props, clients: allClients(auth, props.clients) });
    const { router, pageTopic, noticeTopic } = this;
    const { _keys: keys } = router;
    const { logRetention, statusPages } = props;
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
    });
    this.url = endpoint.attach(this.api);
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

  /** Lets somebody call the gateway with AWS credentials; an error unless `auth` is `ClientAuth.iam()`. */
  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
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

  private addOutsideView(props: FailoverGatewayProps, auth: ClientAuthBinding, endpoint: EndpointBinding): OutsideView {
    const { router, url } = this;
    const { canary = {}, removalPolicy } = props;
    const refuse = (why: string): never => {
      throw new ValidationError(this, `'canary.outsideView' ${why}`);
    };
    if (endpoint.isPrivate) refuse('comes from the internet, which a private endpoint is closed to; leave it out');
    if (canary.enabled === false)
      refuse("goes by the canary's key, and there is no canary; leave out 'canary.enabled'");
    const access = accessOf(auth, canary) ?? refuse("has no key that this authorizer takes; give 'canary.endpointKey'");
    const view = new OutsideView(this, 'OutsideView', { ...canary.outsideView, router, url, removalPolicy });
    letIn(view, access, this, canary);
    // The first look comes at once, and must find the whole way there.
    const way = ['Api', 'Auth', 'DomainRecord'].flatMap((id) => this.node.tryFindChild(id) ?? []);
    view.canary.node.addDependency(...way);
    this.alarms._watchOutside(view);
    return view;
  }

  private addOutputs({ firstKey, canary }: ClientAuthBinding): void {
    new CfnOutput(this, 'Url', { description: 'Base URL for Anthropic SDKs', value: this.url });
    const description: StackDescription = {
      url: this.url,
      region: Stack.of(this).region,
      healthTable: { name: this.router.healthTable.tableName },
      router: this.router.functionArn,
      pageTopic: this.pageTopic.topicArn,
      noticeTopic: this.noticeTopic.topicArn,
      keyId: canary?.apiKeyId,
    };
    new CfnOutput(this, 'Description', {
      description: STACK_OUTPUT,
      value: Stack.of(this).toJsonString(description),
    });
    if (firstKey === undefined) return;
    new CfnOutput(this, 'FirstKeyCommand', {
      description: "Prints the first team's gateway key",
      value:
        `aws apigateway get-api-key --api-key ${firstKey.keyId} --include-value --query value --output text ` +
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
const asksEndpoint = ({ canary = {}, vpc }: FailoverGatewayProps, { isPrivate }: EndpointBinding): boolean =>
  canary.endpointCheck ?? (!isPrivate || vpc !== undefined);

const quotaHosts = (canary: CanaryOptions = {}): string[] | undefined => canary.quotas?.map(({ host }) => host);

/** An empty list would say that nobody may call. */
function allClients(auth: ClientAuthBinding, given: ClientProps[] = []): ClientProps[] | undefined {
  const clients = [...auth.clients, ...given];
  return clients.length > 0 ? clients : undefined;
}
