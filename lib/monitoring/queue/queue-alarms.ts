import { Duration } from 'aws-cdk-lib';
import { AlarmSeverity } from '../alarms/alarm-options';
import type { AlarmDefinition } from '../alarms/alarm-definition';

/** What the queue of requests that wait tells. */
export const QUEUE_ALARMS = {
  requestsLost: {
    id: 'RequestsLost',
    heading: 'Waiting requests without an answer',
    severity: AlarmSeverity.PAGE,
    threshold: 1,
    period: Duration.minutes(5),
    metric: (metrics) => metrics.deadLetters(),
    symptom:
      'Requests that were accepted, and whose clients wait, could not be settled by any worker by their deadline.',
    causes:
      'a worker that crashes or cannot read S3, a configuration it cannot read, a body that is too large for its memory.',
    check: ({ logGroupName }) =>
      `aws logs tail ${logGroupName} --since 6h --filter-pattern '?"worker fault" ?"Task timed out" ?"Runtime."'`,
  },
} as const satisfies Record<string, AlarmDefinition>;
