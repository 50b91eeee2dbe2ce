import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FailoverRouter } from '../failover-router';

export interface RouterAlarmsProps {
  readonly router: FailoverRouter;
  /** Whom the alarms wake. */
  readonly pageTopic: sns.ITopic;
  /** Who hears what can wait until the morning: the chain goes on with the next host. */
  readonly noticeTopic: sns.ITopic;
}

/** Evaluated each minute over the last five: as long as the default canary, and soon enough to roll it back. */
const period = Duration.minutes(5);
/** One crash may be an accident of one request; the function answers even what it cannot serve. */
const CRASHES = 2;
/** Fewer say nothing of a rate. */
const FEWEST_REQUESTS = 5;
/** Half of what a canary of 10 % shows of a version that cannot serve at all. */
const EXHAUSTED_PERCENT = 5;

/** What the router's own figures warn of; what pages also rolls a deployment back. */
export class RouterAlarms extends Construct {
  /** Invocations that crashed, ran out of memory or ran into the timeout. */
  readonly errors: cloudwatch.Alarm;
  /** Requests that no host of their chain could serve. */
  readonly exhausted: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, { router, pageTopic, noticeTopic }: RouterAlarmsProps) {
    super(scope, id);
    this.errors = this.alarm('Errors', pageTopic, {
      metric: router.metricErrors({ period }),
      threshold: CRASHES,
      alarmDescription:
        'The router crashes, runs out of memory or into its timeout: clients get 5xx without failover. ' +
        `Look for "critical" lines and "Runtime" errors in log group ${router.logGroup.logGroupName}. ` +
        'If it began with a deployment, CodeDeploy takes that back by itself.',
    });
    this.exhausted = this.alarm('Exhausted', pageTopic, {
      metric: new cloudwatch.MathExpression({
        label: 'Exhausted requests, percent',
        expression: `IF(requests >= ${FEWEST_REQUESTS}, 100 * exhausted / requests, 0)`,
        usingMetrics: { requests: router.metricRequests(), exhausted: router.metricExhausted() },
        period,
      }),
      threshold: EXHAUSTED_PERCENT,
      alarmDescription:
        'Requests find no host that can serve them: clients get the error of the first host. ' +
        `The "trace" of the "request" lines in log group ${router.logGroup.logGroupName} says what each host answered; ` +
        'GET /health says which hosts are skipped, and why.',
    });
    this.alarm('Credential', noticeTopic, {
      metric: router.metricCredentialFailures({ period }),
      threshold: 1,
      alarmDescription:
        'A host has no usable credential and is skipped: its key is still a placeholder or was refused, or a token could not be had. ' +
        `The "attempt" lines with outcome "credential" in log group ${router.logGroup.logGroupName} name the host and say what to do.`,
    });
  }

  private alarm(
    id: string,
    topic: sns.ITopic,
    props: Pick<cloudwatch.AlarmProps, 'metric' | 'threshold' | 'alarmDescription'>,
  ): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      ...props,
      alarmName: `${this.node.path}/${id}`,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
    return alarm;
  }
}
