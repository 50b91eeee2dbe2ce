import type { Expression } from './metrics/expression';
import type { AlarmRule } from './alarm-rule';
import type { MetricId } from './metrics/metric-store';
import type { Statistic } from './metrics/statistic';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** Whom an alarm tells when it goes into a state: topic names or ARNs. */
export type AlarmActions = Readonly<Record<AlarmState, readonly string[]>>;

interface Named {
  readonly name: string;
  readonly description: string;
  readonly actions: AlarmActions;
}

export interface MetricQuery {
  readonly id: string;
  readonly metric: MetricId;
  readonly statistic: Statistic;
}

export interface MetricAlarm extends Named {
  readonly kind: 'metric';
  readonly periodMs: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly breaches: (value: number) => boolean;
  readonly treatMissingData: TreatMissingData;
  /** So long after it was made it waits for data that fill its window, and only then is evaluated. */
  readonly warmUpMinutes: number;
  readonly metrics: readonly MetricQuery[];
  readonly expressions: ReadonlyMap<string, Expression>;
  /** Id of the metric or expression whose values are compared. */
  readonly returned: string;
}

export interface Suppressor {
  readonly alarm: string;
  readonly waitMs: number;
  readonly extensionMs: number;
}

export interface CompositeAlarm extends Named {
  readonly kind: 'composite';
  readonly rule: AlarmRule;
  readonly suppressor: Suppressor | undefined;
}

export type Alarm = MetricAlarm | CompositeAlarm;

/** Thrown for whatever the model does not know: a guess would look like a proof. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}
