import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import type { Construct } from 'constructs';
import type { FailoverAlarms } from '../../monitoring/alarms/failover-alarms';
import type { FailoverRouter } from '../../router/failover-router';
import { PreTrafficHook } from './pre-traffic-hook';

/** A deployment of one's own. */
export interface RouterDeploymentProps {
  /**
   * How CodeDeploy shifts the traffic: one of its own configurations, or a `LambdaDeploymentConfig`.
   * @default codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES
   */
  readonly deploymentConfig?: codedeploy.ILambdaDeploymentConfig;
  /**
   * Whether every host is probed before. Without it only alarms take a version back, after it has had traffic.
   * @default true
   */
  readonly probeHosts?: boolean;
}

/**
 * How a new version of the router takes over the traffic. Each begins with a probe of every host through the new version and through
 * the one before. The new version is taken back when it does not answer, when a host answers through the one before only or, as long as
 * the deployment lasts, when an alarm of the router goes off. A host that is down for both is only warned of, in the hook's log: an
 * outage keeps no change back. The first deployment of a stack has no version to fall back to, so it is neither probed nor shifted.
 */
export class RouterDeployment {
  /** 10 % of the traffic for 5 minutes, then all of it. */
  public static readonly CANARY_10_PERCENT_5_MINUTES = RouterDeployment.custom();
  /** 10 % of the traffic for 15 minutes, then all of it. */
  public static readonly CANARY_10_PERCENT_15_MINUTES = RouterDeployment.custom({
    deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
  });
  /** 10 % of the traffic more every minute. */
  public static readonly LINEAR_10_PERCENT_EVERY_MINUTE = RouterDeployment.custom({
    deploymentConfig: codedeploy.LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
  });
  /** All traffic at once, after the probes. */
  public static readonly ALL_AT_ONCE = RouterDeployment.custom({
    deploymentConfig: codedeploy.LambdaDeploymentConfig.ALL_AT_ONCE,
  });

  /** Any configuration of CodeDeploy's, with probes of the hosts or without. */
  public static custom(props: RouterDeploymentProps = {}): RouterDeployment {
    return new RouterDeployment(props);
  }

  private constructor(private readonly props: RouterDeploymentProps) {}

  /**
   * Puts the router's alias under CodeDeploy.
   * @internal
   */
  public _bind(scope: Construct, router: FailoverRouter, alarms: FailoverAlarms): codedeploy.LambdaDeploymentGroup {
    const { deploymentConfig = CANARY, probeHosts = true } = this.props;
    return new codedeploy.LambdaDeploymentGroup(scope, 'DeploymentGroup', {
      alias: router.alias,
      deploymentConfig,
      alarms: alarms._rollback,
      preHook: probeHosts ? new PreTrafficHook(scope, 'PreTrafficHook', router).function : undefined,
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
  }
}

const CANARY = codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES;
