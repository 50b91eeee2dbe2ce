import { MOST_ROWS, type SpendKey, spendQuery } from '../../../../lib/contract/governance/spend-report';
import { logsQuery } from '../../../../lambda/aws/logs-query';
import { metricSums } from '../../../../lambda/aws/metric-sums';
import { costRows, type CostRow } from '../../../../lambda/functions/spend-report/costs';
import { DAY_MS } from '../../../../lambda/functions/spend-report/days';
import type { Env } from '../../../../lambda/runtime/require-env';
import { daysOf, type Month } from './month';

export interface LogPlace {
  readonly logGroup: string;
  readonly region: string;
}
export interface ReadSpend {
  readonly rows: readonly CostRow[];
  readonly bytesScanned: number;
  /** Days with more groups than Logs Insights tells. */
  readonly daysCut: number;
}

/** Queries at a time; an account may have 100. */
const AT_ONCE = 5;

/** By the log lines of a month, day by day. */
export async function readSpend(key: SpendKey, month: Month, place: LogPlace, env: Env): Promise<ReadSpend> {
  const left = [...daysOf(month)];
  const rows: CostRow[] = [];
  let [bytesScanned, daysCut] = [0, 0];
  const work = async (): Promise<void> => {
    for (let day = left.shift(); day !== undefined; day = left.shift()) {
      const result = await logsQuery({ ...place, ...day, query: spendQuery([key]) }, env);
      rows.push(...costRows(result.rows));
      bytesScanned += result.bytesScanned;
      if (result.rows.length >= MOST_ROWS) daysCut += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { rows, bytesScanned, daysCut };
}

/** What the group took in meanwhile, which is what a query looks through: CloudWatch's own count. */
export async function bytesOf({ from, to }: Month, { logGroup, region }: LogPlace, env: Env): Promise<number> {
  const query = {
    namespace: 'AWS/Logs',
    metrics: { bytes: 'IncomingBytes' },
    dimensions: { LogGroupName: logGroup },
    periodMs: DAY_MS,
    from,
    to,
  };
  const sums = await metricSums(query, region, env);
  return sums('bytes').reduce((sum, { value }) => sum + value, 0);
}
