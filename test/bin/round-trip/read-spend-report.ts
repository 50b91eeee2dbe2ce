import type { SpendReportConfig } from '../../../bin/governance/spend-report-config';
import { SPEND_REPORT_ENV } from '../../../lib/contract/governance/spend-report';
import { textOf, variable, type Resource } from './read-template';

export function readSpendReport(resources: (type: string) => readonly Resource[]): SpendReportConfig {
  const tells = variable(resources('AWS::Lambda::Function'), SPEND_REPORT_ENV.TELLS) as string | undefined;
  const [dashboard] = resources('AWS::CloudWatch::Dashboard');
  const month = resources('AWS::CloudWatch::Alarm').find(({ id }) => id.startsWith('GatewayAlarmsMonthlySpend'));
  return {
    onDashboard: textOf(dashboard?.Properties['DashboardBody']).includes('Cost by team'),
    daily: tells?.includes('daily') ?? false,
    anomalies: tells?.includes('anomalies') ?? false,
    monthlyUsd: month?.Properties['Threshold'] as number,
  };
}
