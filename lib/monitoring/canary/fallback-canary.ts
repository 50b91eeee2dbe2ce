import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { CanaryOptions } from './canary-options';
import {
  CANARY_ENV,
  type CanaryEndpoint,
  type CanarySettings,
  ENV,
  type OtherRegion,
  type RouterConfig,
} from '../../contract';
import type { FailoverRouter } from '../../router/failover-router';
import { bundledFunction } from '../../router/bundled-function';
import { canarySettings } from './canary-settings';
import { grantHosts } from '../../hosts/grant-hosts';
import { grantHealth } from '../../router/health-table';
import { storeConfig } from '../../router/stored/stored-config';

/** Properties of `FallbackCanary`. */
export interface FallbackCanaryProps extends CanaryOptions {
  /** Whose hosts are asked, each by its name and for each model. */
  readonly router: FailoverRouter;
  /**
   * How long log lines are kept.
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Network the canary runs in: the router's own, so that it finds what the router would.
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
}

/**
 * Asks every host for every model, every few minutes and in every form of request, and looks at the answers: a fallback that
 * nobody has tried is a guess. What it finds is in metrics, log lines and the health table, where routers read it.
 */
export class FallbackCanary extends Construct implements iam.IGrantable {
  public readonly function: lambda.Function;
  /** One line a check: host, model, shape, outcome and remedy. No prompt, no answer, no key. */
  public readonly logGroup: logs.ILogGroup;
  public readonly schedule: scheduler.Schedule;
  public readonly grantPrincipal: iam.IPrincipal;
  private settings: CanarySettings;

  constructor(scope: Construct, id: string, props: FallbackCanaryProps) {
    super(scope, id);
    const { router, interval = Duration.minutes(1) } = props;
    const { config, hosts } = router._bound;
    this.settings = canarySettings(this, props, config);
    this.function = bundledFunction(this, {
      bundle: 'canary',
      description: 'Asks every host of the failover router, so that no fallback is a guess',
      roleName: props.roleName,
      memorySize: 256,
      // Two tries of 25 seconds each, and what is to be written of them.
      timeout: Duration.minutes(2),
      environment: {
        [ENV.HEALTH_TABLE]: router.healthTable.tableName,
        [ENV.SERVICE]: router.serviceName,
        [CANARY_ENV.SETTINGS]: Lazy.string({ produce: () => Stack.of(this).toJsonString(this.settings) }),
      },
      logRetention: props.logRetention,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
      // A round a minute would be a trace a minute, of which nobody looks at one.
      tracing: lambda.Tracing.DISABLED,
    });
    this.logGroup = this.function.logGroup;
    this.grantPrincipal = this.function.grantPrincipal;
    grantHosts(hosts, this);
    grantHealth(router.healthTable, this);
    // The settings and the names share the environment with it.
    storeConfig(this, this.function, withoutClientModels(config), {
      taken: JSON.stringify(this.settings).length + 300,
    });
    this.grantQuotas();
    this.schedule = new scheduler.Schedule(this, 'Schedule', {
      description: 'Rounds of the canary of the failover router',
      schedule: scheduler.ScheduleExpression.rate(interval),
      target: new LambdaInvoke(this.function, {
        input: scheduler.ScheduleTargetInput.fromObject({ scheduledTime: scheduler.ContextAttribute.scheduledTime }),
        role: this.scheduleRole().withoutPolicyUpdates(),
        // The next round comes before a second try would.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
  }

  /**
   * Requests go through the endpoint too.
   * @internal
   */
  public _checkEndpoint(endpoint: CanaryEndpoint): void {
    this.settings = { ...this.settings, endpoint };
  }

  /**
   * The endpoint is asked there instead.
   * @internal
   */
  public _askAt(url: string): void {
    const { endpoint } = this.settings;
    if (endpoint !== undefined) this._checkEndpoint({ ...endpoint, url });
  }

  /**
   * Looks at the gateway in another region too, and whether that has told of what both see.
   * @internal
   */
  public _watchRegion(otherRegion: OtherRegion): void {
    this.settings = { ...this.settings, otherRegion };
    const { partition, account } = Stack.of(this);
    // Looked for by how their names begin, which is a question about all of them.
    const resources = [`arn:${partition}:cloudwatch:${otherRegion.region}:${account}:alarm:*`];
    this.function.addToRolePolicy(new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources }));
  }

  /** The target's own role would open every version of the function, and stand beside the stack's constructs. */
  private scheduleRole(): iam.Role {
    const { account } = Stack.of(this);
    const role = new iam.Role(this, 'ScheduleRole', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }),
    );
    return role;
  }

  /** Neither action takes a resource. */
  private grantQuotas(): void {
    const { quotas } = this.settings;
    if (quotas.length === 0) return;
    const isCoded = quotas.some((quota) => quota.tokensQuotaCode ?? quota.requestsQuotaCode);
    this.function.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['cloudwatch:GetMetricData', ...(isCoded ? ['servicequotas:GetServiceQuota'] : [])],
        resources: ['*'],
      }),
    );
  }
}

/** The canary asks in nobody's name, and may not use what is a client's own. */
const withoutClientModels = (config: RouterConfig): RouterConfig => ({
  ...config,
  hosts: config.hosts.map((host) => (host.kind === 'bedrock' ? { ...host, clientModels: undefined } : host)),
});
