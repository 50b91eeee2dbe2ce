import type { LogsResult } from '../../aws/logs-query';
import { anomalies } from './anomalies';
import { type DayQuery, readDays } from './days';
import { anomalyNotice, dailyNotice, type Notice } from './messages';

export interface SpendReportDeps {
  readonly service: string;
  readonly now: number;
  readonly tells: readonly string[];
  ask(query: DayQuery): Promise<LogsResult>;
  notify(notice: Notice): Promise<void>;
}

/** Tells of the last day that is over: what it cost, and which team spent far more than it used to. */
export async function reportSpend({ service, now, tells, ask, notify }: SpendReportDeps): Promise<void> {
  const days = await readDays(now, ask);
  const found = tells.includes('anomalies') ? anomalies(days) : [];
  if (found.length > 0) await notify(anomalyNotice(service, days.at(-1)!, found));
  if (tells.includes('daily')) await notify(dailyNotice(service, days));
}
