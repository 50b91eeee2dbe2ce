import * as v from 'valibot';
import { flag, object } from '../../lambda/schema/schema-parts';
import type { AlarmTuning } from '../../lib/monitoring/alarms/alarm-tuning';
import type { SpendReportOptions } from '../../lib/monitoring/spend/spend-report-options';

/** What is told of the cost of tokens, in `failover.config.ts`. */
export interface SpendReportConfig {
  /** Cost by team, model and host on the dashboard; each look reads log lines, and is paid. @default true */
  readonly onDashboard?: boolean;
  /** A notice each day of what the day before has cost. @default true */
  readonly daily?: boolean;
  /** A notice of teams whose day cost twice their average day. @default true */
  readonly anomalies?: boolean;
  /** USD of a calendar month, by UTC, from which on there is a notice. @default - no such alarm */
  readonly monthlyUsd?: number;
}

const usd = 'must be a number of USD above 0: tokens of a calendar month, at list price';
export const spendReportSchema = object('what is told of the cost of tokens, by team, model and host', {
  onDashboard: v.optional(flag('rows on the dashboard; default true')),
  daily: v.optional(flag('a notice each day of the day before; default true')),
  anomalies: v.optional(flag('a notice of teams whose day cost twice their average day; default true')),
  monthlyUsd: v.optional(v.pipe(v.number(usd), v.gtValue(0, usd), v.description('notice from so many USD a month on'))),
});

interface SpendReportProps {
  readonly spendReport?: SpendReportOptions;
  readonly alarms?: AlarmTuning;
}

export function spendReportProps(config: SpendReportConfig | undefined): SpendReportProps {
  if (config === undefined) return {};
  const { monthlyUsd, ...spendReport } = config;
  return { spendReport, ...(monthlyUsd !== undefined && { alarms: { monthlySpend: { threshold: monthlyUsd } } }) };
}
