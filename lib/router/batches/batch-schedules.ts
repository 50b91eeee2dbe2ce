import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { BatchCanary } from '../../contract';

/** What wakes the worker: a schedule for each batch that has not ended, which the router makes and the worker deletes. */
export class BatchSchedules extends Construct {
  readonly group: scheduler.ScheduleGroup;
  /** In which EventBridge Scheduler invokes the worker. */
  readonly role: iam.Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Schedules of a group go with it.
    this.group = new scheduler.ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
  }

  grant(role: iam.IRole): void {
    const { partition, region, account } = Stack.of(this);
    const { scheduleGroupName: group } = this.group;
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
        resources: [`arn:${partition}:scheduler:${region}:${account}:schedule/${group}/*`],
      }),
    );
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
  }

  letInvoke(worker: lambda.IFunction): void {
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [worker.functionArn] }),
    );
  }

  /** Once a day, of its own group: what is in the other goes with a batch. */
  wakeCanary(worker: lambda.IFunction, event: BatchCanary): scheduler.Schedule {
    return new scheduler.Schedule(this, 'Canary', {
      description: "The day's canary of batches of the failover router",
      schedule: scheduler.ScheduleExpression.rate(Duration.days(1)),
      target: new LambdaInvoke(worker, {
        input: scheduler.ScheduleTargetInput.fromObject(event),
        role: this.role.withoutPolicyUpdates(),
      }),
    });
  }
}
