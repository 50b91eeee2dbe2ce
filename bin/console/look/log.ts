import { logsQuery, type LogsResult } from '../../../lambda/aws/logs-query';
import { metricSums } from '../../../lambda/aws/metric-sums';
import type { Span } from '../../../console/source';
import type { Place } from '../place';
import { type Meter, USD } from '../prices';

export interface Look extends Pick<LogsResult, 'rows'> {
  readonly costUsd: number;
}

/** Of one question. What costs more has to be asked for in parts. */
export const MOST_USD = 0.25;
const GB = 1e9;
const MINUTE_MS = 60_000;
/** CloudWatch keeps counts of minutes for so long, and of hours for longer. */
const FINE_MS = 15 * 24 * 60 * MINUTE_MS;

/** The router's log. Nothing is looked through whose price is not known. */
export interface RouterLog {
  /** Throws where it would cost more than `mostUsd`. @default MOST_USD */
  look(query: string, span: Span, mostUsd?: number): Promise<Look>;
  /** About what a look through it costs, in USD. */
  estimate(span: Span): Promise<number>;
}

export function routerLog({ logGroup, stack: { region }, env }: Place, meter: Meter): RouterLog {
  const estimate = async ({ from, to }: Span): Promise<number> => {
    const periodMs = to - from < 3_600_000 && Date.now() - from < FINE_MS ? MINUTE_MS : 60 * MINUTE_MS;
    meter.charge(USD.metric);
    const sums = await metricSums(
      {
        namespace: 'AWS/Logs',
        metrics: { bytes: 'IncomingBytes' },
        dimensions: { LogGroupName: logGroup },
        periodMs,
        from,
        to,
      },
      region,
      env,
    );
    return (sums('bytes').reduce((sum, { value }) => sum + value, 0) / GB) * USD.scannedGb;
  };
  return {
    estimate,
    async look(query, span, mostUsd = MOST_USD) {
      const usd = await estimate(span);
      if (usd > mostUsd) {
        throw new Error(
          `this look would go through about ${(usd / USD.scannedGb).toFixed(0)} GB of log lines and cost ${usd.toFixed(2)} USD, ` +
            `more than ${mostUsd}: take a shorter time`,
        );
      }
      const { rows, bytesScanned } = await logsQuery({ logGroup, region, query, ...span }, env);
      return { rows, costUsd: meter.charge((bytesScanned / GB) * USD.scannedGb) };
    },
  };
}
