import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BAKE_ENV } from '../contract';
import type { FailoverGateway } from '../gateway/failover-gateway';
import { bundledFunction } from '../router/bundled-function';

/** Lambda ends the hook after a quarter of an hour. */
export const MOST_BAKE_MINUTES = 14;

/** Watches the pages of a gateway once a new version has all of its traffic, and only then lets the deployment end. */
export class Bake extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, { alarms }: FailoverGateway, bakeTime: Duration) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    this.function = bundledFunction(this, {
      bundle: 'bake',
      description: 'After a new version of the failover router has all traffic: waits, and sees whether an alarm pages',
      memorySize: 128,
      timeout: Duration.minutes(15),
      environment: {
        [BAKE_ENV.MINUTES]: String(bakeTime.toMinutes()),
        [BAKE_ENV.ALARMS]: alarms._pages.map(({ alarmName }) => alarmName).join(),
      },
    });
    // Two kinds of alarms are asked for at once, which is a question about all of them.
    const resources = [`arn:${partition}:cloudwatch:${region}:${account}:alarm:*`];
    this.function.addToRolePolicy(new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources }));
  }
}
