import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENV, SPEND_OF_MONTH } from '../contract';
import type { IMonitoredRouter } from '../router/monitored-router';
import { bundledFunction } from '../router/bundled-function';

export interface SpendWatchProps {
  readonly router: IMonitoredRouter;
  /** An alarm looks at the spend of the month. */
  readonly publishesMonth: boolean;
  readonly logRetention?: logs.RetentionDays;
}

/** Publishes once an hour what the last day has cost, by the average day of the week before, and where asked to, the month. */
export class SpendWatch extends Construct {
  constructor(scope: Construct, id: string, { router, publishesMonth, logRetention }: SpendWatchProps) {
    super(scope, id);
    const fn = bundledFunction(this, {
      bundle: 'spend-watch',
      description: "Once an hour: the failover router's spend, compared with the week before",
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: { [ENV.SERVICE]: router.serviceName, ...(publishesMonth && { [SPEND_OF_MONTH]: 'true' }) },
      logRetention,
    });
    // CloudWatch knows no smaller resource for reading metrics.
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
    new events.Rule(this, 'Hourly', {
      description: 'Compares the spend of the failover router',
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(fn, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
  }
}
