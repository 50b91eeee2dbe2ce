import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PRE_TRAFFIC_ENV } from '../../contract';
import type { FailoverRouter } from '../../router/failover-router';
import { bundledFunction } from '../../router/bundled-function';

/** Asks every host for a word through the version that is about to take traffic, before it does. */
export class PreTrafficHook extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, router: FailoverRouter) {
    super(scope, id);
    const { currentVersion } = router.function;
    this.function = bundledFunction(this, {
      bundle: 'pre-traffic',
      description: 'Before a new version of the failover router takes traffic: one probe of every host',
      memorySize: 256,
      // Host after host, each with a minute: more than a chain has. CodeDeploy itself waits for an hour.
      timeout: Duration.minutes(15),
      environment: {
        [PRE_TRAFFIC_ENV.ROUTER_VERSION]: currentVersion.functionArn,
        [PRE_TRAFFIC_ENV.PROBES]: JSON.stringify(router._bound.probes),
      },
    });
    currentVersion.grantInvoke(this.function);
    // The alias names the hook, and CloudFormation sees no order in that: the hook must know the new version by then.
    router.alias.node.addDependency(this.function);
  }
}
