/** What is told of the cost of tokens: by whom, for which models, at which hosts. */
export interface SpendReportOptions {
  /**
   * Rows on the dashboard: cost by team, model and host, minute by minute, and a table of all. Whoever looks pays Logs Insights for
   * the router's log lines of the time looked at, four times over: docs/cost.md has what that is.
   * @default true
   */
  readonly onDashboard?: boolean;
  /**
   * A message to the notice topic each day: what the day before cost, by UTC, beside the day before that and the average of a week.
   * @default true
   */
  readonly daily?: boolean;
  /**
   * A message to the notice topic of teams whose day cost twice the average day of the seven before, or more; quiet below 1 USD and
   * in a team's first three days. It is looked at once a day.
   * @default true
   */
  readonly anomalies?: boolean;
}
