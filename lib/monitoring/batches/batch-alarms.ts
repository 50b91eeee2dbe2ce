import { Duration } from 'aws-cdk-lib';
import { BATCH_METRICS } from '../../contract';
import { type AlarmDefinition } from '../alarms/alarm-definition';
import { AlarmSeverity } from '../alarms/alarm-options';
import type { RouterMetrics } from '../router-metrics';

const { NOTICE } = AlarmSeverity;
const period = Duration.minutes(5);
const lines = (filter: string): AlarmDefinition['check'] => {
  return ({ logGroupName }) => `aws logs tail ${logGroupName} --since 1d --filter-pattern '${filter}'`;
};

const ENDS = {
  batchUnanswered: {
    id: 'BatchUnanswered',
    heading: 'Batches not answered',
    severity: NOTICE,
    threshold: 1,
    period,
    metric: (metrics) => metrics.of(BATCH_METRICS.unanswered),
    symptom:
      'A Message Batch has ended with requests that nobody has answered: its client reads that they errored or expired.',
    causes:
      "no host takes batches, and 'fullPriceUsdPerDay' is 0 or spent; every host is down or drained; a host refuses the whole batch.",
    check: lines('{ $.message = "batch*" }'),
  },
} as const satisfies Record<string, AlarmDefinition>;

const WORKER = {
  batchWorkerErrors: {
    id: 'BatchWorkerErrors',
    heading: 'Batches not worked off',
    severity: NOTICE,
    // It is woken each minute: one end is nothing.
    threshold: 3,
    period,
    metric: (metrics) => metrics.batchWorkerErrors(),
    symptom: 'The worker of Message Batches fails again and again: batches stand still, and expire after a day.',
    causes:
      'a table or bucket it may not use, a configuration it cannot read, a batch that is too large for its memory.',
    check: lines('?"batch trouble" ?"Task timed out" ?"Runtime." ?ERROR'),
  },
} as const satisfies Record<string, AlarmDefinition>;

const CANARY = {
  batchCanary: {
    id: 'BatchCanary',
    heading: 'Batch canary',
    severity: NOTICE,
    threshold: 1,
    period: Duration.days(1),
    silenceBreaches: true,
    warmUpPeriods: 1,
    metric: (metrics) => metrics.of(BATCH_METRICS.canaryFailures),
    symptom: "The day's canary of Message Batches was not answered within a day, or no batch was taken.",
    causes: 'hosts take no batches, the schedule or the worker does not run, the worker lacks a right.',
    check: lines('{ $.message = "batch canary" || $.message = "batch trouble" }'),
  },
} as const satisfies Record<string, AlarmDefinition>;

export type BatchAlarmName = keyof typeof ENDS | keyof typeof WORKER | keyof typeof CANARY;

/** What batches tell, as far as the router has them. */
export const batchAlarms = ({
  hasBatches,
  hasBatchWorker,
  hasBatchCanary,
}: RouterMetrics): Partial<Record<BatchAlarmName, AlarmDefinition>> => ({
  ...(hasBatches && ENDS),
  ...(hasBatchWorker && WORKER),
  ...(hasBatchCanary && CANARY),
});
