import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SPEND_FIELDS, type SpendKey, WEIGHED } from '../../contract/governance/spend-report';
import type { IMonitoredRouter } from '../../router/monitored-router';
import { heading, logTable, ROW } from './widgets';

/** Whose cost is shown minute by minute; the table has all others too. */
export interface SpendNames {
  /**
   * Names of teams, as requests' lines have them in `client`.
   * @default - no graph by team
   */
  readonly teams?: string[];
  /**
   * Ids of models.
   * @default - no graph by model
   */
  readonly models?: string[];
}

/** A query has room for 10,000 characters, and a graph for fewer colours. */
const MOST_LINES = 20;

/** By log lines: as metrics, each team, model and host would cost as much as a day of looking. */
export function spendRows(router: IMonitoredRouter, { teams = [], models = [] }: SpendNames): cloudwatch.IWidget[][] {
  const graphs = (
    [
      ['team', teams],
      ['model', models],
      ['host', router.hostNames],
    ] as const
  )
    .map(([key, names]) => [key, names.filter((name) => !Token.isUnresolved(name)).slice(0, MOST_LINES)] as const)
    .filter(([, names]) => names.length > 0);
  return [
    [heading('Cost of tokens')],
    graphs.map(([key, names]) => minuteByMinute(router, key, names, ROW / graphs.length)),
    [
      logTable({
        title: 'Cost by team, model and host',
        logGroupName: router.logGroupName,
        width: ROW,
        lines: [
          ...WEIGHED,
          'stats sum(usd) as cost, count(*) as lines, count(*) - count(costUsd) as withoutPrice by client, served, host',
          'sort cost desc',
          'limit 100',
        ],
      }),
    ],
  ];
}

/** Logs Insights draws a line for each sum, not for each value of a field: so every name has a sum of its own. */
function minuteByMinute(
  { logGroupName }: IMonitoredRouter,
  key: SpendKey,
  names: readonly string[],
  width: number,
): cloudwatch.IWidget {
  const parts = names.map((name, index) => {
    const is = `strcontains(concat(' ', ${SPEND_FIELDS[key]}, ' '), ' ${name.replace(/['\\]/g, '\\$&')} ')`;
    return { field: `usd * ${is} as usd${index}`, sum: `sum(usd${index}) as ${labelOf(name, index, names)}` };
  });
  return new cloudwatch.LogQueryWidget({
    title: `Cost by ${key}, USD a minute`,
    logGroupNames: [logGroupName],
    queryLines: [
      ...WEIGHED,
      `fields ${parts.map(({ field }) => field).join(', ')}`,
      `stats ${parts.map(({ sum }) => sum).join(', ')} by bin(1m)`,
    ],
    view: cloudwatch.LogQueryVisualizationType.STACKEDAREA,
    width,
    height: 6,
  });
}

/** What stands for other characters may make two names one. */
function labelOf(name: string, index: number, names: readonly string[]): string {
  const label = (of: string): string => of.replace(/[^\w.]/g, '_').replace(/^(?=[\d.])/, '_');
  const isTaken = names.some((other, at) => at < index && label(other) === label(name));
  return isTaken ? `${label(name)}_${index}` : label(name);
}
