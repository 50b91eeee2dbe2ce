import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LIVE_ALIAS, PRE_TRAFFIC_ENV } from '../../contract';
import type { FailoverRouter } from '../../router/failover-router';
import { bundledFunction } from '../../router/bundled-function';

/** Asks every host for a word through the version that is about to take traffic, and where one fails, through the version before. */
export class PreTrafficHook extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, router: FailoverRouter) {
    super(scope, id);
    const { currentVersion, functionArn } = router.function;
    // By its name: a reference would make the alias and its hook wait for each other.
    const aliasArn = `${functionArn}:${LIVE_ALIAS}`;
    this.function = bundledFunction(this, {
      bundle: 'pre-traffic',
      description: 'Before a new version of the failover router takes traffic: one probe of every host',
      memorySize: 256,
      // Lambda's longest; CodeDeploy itself waits for an hour.
      timeout: Duration.minutes(15),
      environment: {
        [PRE_TRAFFIC_ENV.ROUTER_VERSION]: currentVersion.functionArn,
        [PRE_TRAFFIC_ENV.ROUTER_ALIAS]: aliasArn,
        [PRE_TRAFFIC_ENV.PROBES]: JSON.stringify(router._bound.probes),
      },
    });
    this.function.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [currentVersion.functionArn, aliasArn],
      }),
    );
    // The alias names the hook, and CloudFormation sees no order in that: the hook must know the new version by then.
    router.alias.node.addDependency(this.function);
  }
}
