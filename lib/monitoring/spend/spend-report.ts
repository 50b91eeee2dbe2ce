import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ENV } from '../../contract';
import { SPEND_REPORT_ENV } from '../../contract/governance/spend-report';
import { bundledFunction } from '../../router/bundled-function';
import { PUBLISHERS_ACTIONS } from '../../router/encryption';
import type { IMonitoredRouter } from '../../router/monitored-router';

export interface SpendReportProps {
  readonly router: IMonitoredRouter;
  /** Where the messages go. */
  readonly noticeTopic: sns.ITopic;
  /** At least one of both. */
  readonly tells: readonly ('daily' | 'anomalies')[];
  readonly logRetention?: logs.RetentionDays;
}

/** Tells once a day what the day before has cost, and who spent far more than usual. It can query the router's log lines, and no other. */
export class SpendReport extends Construct {
  constructor(scope: Construct, id: string, { router, noticeTopic, tells, logRetention }: SpendReportProps) {
    super(scope, id);
    const fn = bundledFunction(this, {
      bundle: 'spend-report',
      description: 'Once a day: what the failover router spent, by team, model and host',
      memorySize: 256,
      // Eight days of the lines of 100,000 requests a minute are a lot to look through.
      timeout: Duration.minutes(15),
      environment: {
        [ENV.SERVICE]: router.serviceName,
        [SPEND_REPORT_ENV.LOG_GROUP]: router.logGroupName,
        [SPEND_REPORT_ENV.TOPIC_ARN]: noticeTopic.topicArn,
        [SPEND_REPORT_ENV.TELLS]: tells.join(','),
      },
      logRetention,
    });
    const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
    const logGroup = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${router.logGroupName}:*`,
      arnFormat,
    });
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:StartQuery'], resources: [logGroup] }));
    // A query's result has no ARN; only who knows its random id can ask for it.
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:GetQueryResults'], resources: ['*'] }));
    noticeTopic.grantPublish(fn);
    noticeTopic.masterKey?.grant(fn, ...PUBLISHERS_ACTIONS);
    new events.Rule(this, 'Daily', {
      description: 'Tells what the day before has cost',
      // Lines arrive within minutes.
      schedule: events.Schedule.cron({ hour: '0', minute: '30' }),
      targets: [new LambdaFunction(fn, { retryAttempts: 2, maxEventAge: Duration.hours(6) })],
    });
  }
}
