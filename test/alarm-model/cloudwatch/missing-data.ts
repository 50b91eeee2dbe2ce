import type { AlarmState, TreatMissingData } from './alarm';

/** One period as an alarm sees it. */
export type Datapoint = 'breaching' | 'within' | 'missing';

/**
 * How many periods beyond the evaluation periods CloudWatch looks at when data is missing. Published is 5 for 3; a figure for
 * other alarms is not, and reports from practice (an alarm on one day that took three) agree with two.
 */
export const EXTRA_PERIODS = 2;

interface MOutOfN {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
}

/**
 * "Configuring how CloudWatch alarms treat missing data", with its "Avoiding premature transitions to alarm state".
 * `range`: the evaluation range, oldest first.
 */
export function decide(range: readonly Datapoint[], alarm: MOutOfN, current: AlarmState): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const real = range.filter((point) => point !== 'missing').slice(-evaluationPeriods);
  const breaching = real.filter((point) => point === 'breaching').length;
  const toFill = evaluationPeriods - real.length;
  const filled = treatMissingData === 'breaching' ? toFill : 0;
  if (breaching + filled >= datapointsToAlarm) return 'ALARM';
  if (toFill === 0 || treatMissingData === 'breaching' || treatMissingData === 'notBreaching') return 'OK';
  // Points that are within the threshold decide even where there are too few of them.
  if (breaching < real.length) return 'OK';
  if (treatMissingData === 'ignore') return current;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  const ageOfOldest = range.length - range.indexOf('breaching');
  return ageOfOldest >= datapointsToAlarm ? 'ALARM' : 'OK';
}
