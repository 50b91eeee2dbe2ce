import { Duration } from 'aws-cdk-lib';
import { AUDIT_METRICS, type AuditFailure } from '../../contract';
import { type AlarmDefinition, tail } from '../alarms/alarm-definition';
import { AlarmSeverity } from '../alarms/alarm-options';

const period = Duration.minutes(5);

/** What the audit trail tells, by what becomes of requests while it cannot be written. */
export const auditAlarms = (whenDown: AuditFailure) =>
  ({
    auditWaiting: {
      id: 'AuditWaiting',
      heading: 'Audit trail not written',
      // Where nobody is served without a record, clients get errors that no other metric has.
      severity: whenDown === 'closed' ? AlarmSeverity.PAGE : AlarmSeverity.NOTICE,
      // One write that failed may be an accident; its records are written with the next.
      threshold: 2,
      period,
      metric: (metrics) =>
        metrics.of(AUDIT_METRICS.waiting, { statistic: 'SampleCount', label: 'Writes to the audit trail that failed' }),
      symptom:
        whenDown === 'closed'
          ? 'Records of the audit trail cannot be written, and clients are refused with 529 until they can.'
          : 'Records of the audit trail cannot be written and wait in the processes of the router: what ends before they are is lost.',
      causes:
        'a stream of Firehose that is gone or at its limit, a right or a network path that the router has lost, an outage of Firehose.',
      check: (router) => tail(router, '{ $.AuditWaiting = * }'),
    },
    auditLost: {
      id: 'AuditLost',
      heading: 'Audit records lost',
      // Nothing brings them back, at night or in the morning.
      severity: AlarmSeverity.NOTICE,
      threshold: 1,
      period,
      metric: (metrics) => metrics.of(AUDIT_METRICS.lost),
      symptom: 'Records of the audit trail, or contents of requests, are gone for good.',
      causes:
        'a process that ended, or had no room left, while they could not be written; for contents, one failed write.',
      check: (router) => tail(router, '{ $.AuditLost = * }'),
    },
  }) as const satisfies Record<string, AlarmDefinition>;
