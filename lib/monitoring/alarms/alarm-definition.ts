import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSeverity } from './alarm-options';
import type { IMonitoredRouter } from '../../router/monitored-router';
import type { RouterMetrics } from '../router-metrics';

/** What one alarm watches, and what it says. */
export interface AlarmDefinition {
  /** Construct id, and so the end of the alarm's name. */
  readonly id: string;
  /** Heading in docs/runbook.md. */
  readonly heading: string;
  readonly severity: AlarmSeverity;
  /** Clients are without answers: the page of the whole says so, once. */
  readonly meansDown?: boolean;
  readonly threshold: number;
  /** @default - at or above the threshold */
  readonly comparison?: cloudwatch.ComparisonOperator;
  readonly period: Duration;
  /** How many periods in a row. @default 1 */
  readonly periods?: number;
  /** @default - nothing is wrong while nobody calls */
  readonly silenceBreaches?: boolean;
  /** For how many periods a new alarm waits for its first data, before silence counts. @default 0 */
  readonly warmUpPeriods?: number;
  metric(metrics: RouterMetrics): cloudwatch.IMetric;
  /** What is the matter, in the words of who is woken; `{threshold}` stands for it. */
  readonly symptom: string;
  readonly causes: string;
  /** A host may be to blame. @default false */
  readonly namesStatusPages?: boolean;
  /** The first thing to run or to open. */
  check(router: IMonitoredRouter): string;
}

/** Log lines of the last half hour that match a filter of CloudWatch Logs. */
export const tail = ({ logGroupName }: IMonitoredRouter, filter: string): string =>
  `aws logs tail ${logGroupName} --since 30m --filter-pattern '${filter}'`;
