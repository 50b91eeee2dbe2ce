import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import type { Construct } from 'constructs';
import type { FailoverAlarms } from '../../monitoring/alarms/failover-alarms';
import type { FailoverRouter } from '../../router/failover-router';
import { PreTrafficHook } from './pre-traffic-hook';

/**
 * How a new version of the router takes over the traffic. Each begins with one probe of every host through the new version,
 * and is taken back when a probe fails or, as long as it lasts, when an alarm of the router goes off. The first deployment of a
 * stack has no version to fall back to, so it is neither probed nor shifted.
 */
export class RouterDeployment {
  /** 10 % of the traffic for 5 minutes, then all of it. */
  public static readonly CANARY_10_PERCENT_5_MINUTES = new RouterDeployment(
    codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  );
  /** 10 % of the traffic for 15 minutes, then all of it. */
  public static readonly CANARY_10_PERCENT_15_MINUTES = new RouterDeployment(
    codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
  );
  /** 10 % of the traffic more every minute. */
  public static readonly LINEAR_10_PERCENT_EVERY_MINUTE = new RouterDeployment(
    codedeploy.LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
  );
  /** All traffic as soon as every host has answered its probe. */
  public static readonly ALL_AT_ONCE = new RouterDeployment(codedeploy.LambdaDeploymentConfig.ALL_AT_ONCE);

  private constructor(private readonly deploymentConfig: codedeploy.ILambdaDeploymentConfig) {}

  /**
   * Puts the router's alias under CodeDeploy.
   * @internal
   */
  public _bind(scope: Construct, router: FailoverRouter, alarms: FailoverAlarms): codedeploy.LambdaDeploymentGroup {
    return new codedeploy.LambdaDeploymentGroup(scope, 'DeploymentGroup', {
      alias: router.alias,
      deploymentConfig: this.deploymentConfig,
      alarms: alarms._rollback,
      preHook: new PreTrafficHook(scope, 'PreTrafficHook', router).function,
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
  }
}
