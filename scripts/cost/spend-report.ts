import { prices, spendReport, traffic } from '../../docs/prices.json';
import { gb, monthlyUsd, MONTH_SECONDS } from './components';

const MONTH_DAYS = MONTH_SECONDS / (24 * 3600);
/** GB of the router's log in so many hours of a month with so many requests. */
const logged = (requests: number, hours: number): number =>
  (gb(requests, traffic.routerLogKb) * hours) / (MONTH_DAYS * 24);

/** One look at the dashboard's rows of cost. */
export const lookUsd = (requests: number): number =>
  spendReport.dashboardQueries * logged(requests, spendReport.dashboardHours) * prices.logScannedGb.usd;

/** The function that tells each day, in a month. */
export const dailyUsd = (requests: number): number =>
  monthlyUsd(
    [
      ['lambdaRequest', () => MONTH_DAYS],
      ['lambdaGbSecond', () => MONTH_DAYS * spendReport.seconds * 0.25],
      ['logScannedGb', () => MONTH_DAYS * logged(requests, spendReport.daysLookedAt * 24)],
    ],
    requests,
  );

/** `claude-failover spend report` of a whole month. */
export const reportUsd = (requests: number): number => gb(requests, traffic.routerLogKb) * prices.logScannedGb.usd;

/** Instead of the graphs, whether anybody looks or not: a rule each for teams, models and hosts. */
export const rulesUsd = (requests: number): number =>
  monthlyUsd(
    [
      ['contributorRule', () => 3],
      ['contributorEvent', () => 3 * requests],
    ],
    requests,
  );

/** The alarm of the month: its metric, and itself. */
export const monthAlarmUsd = prices.customMetric.usd + prices.alarmMetric.usd;
