import * as v from 'valibot';
import type { Env } from '../runtime/require-env';
import { callAwsJson } from './call-aws-json';

export interface LogsQuery {
  readonly logGroup: string;
  readonly region: string;
  readonly query: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Fields of a row by their names; those without a value are missing. */
export type LogsRow = Readonly<Record<string, string>>;
export interface LogsResult {
  readonly rows: readonly LogsRow[];
  readonly bytesScanned: number;
}

const started = v.object({ queryId: v.string() });
const results = v.object({
  status: v.string(),
  results: v.optional(v.array(v.array(v.object({ field: v.string(), value: v.optional(v.string()) }))), []),
  statistics: v.optional(v.object({ bytesScanned: v.optional(v.number(), 0) }), {}),
});

const UNDER_WAY = ['Scheduled', 'Running', 'Unknown'];
/** Small ones are soon over. */
const FIRST_POLL_MS = 200;
const POLL_MS = 2000;

/** The result of a query of CloudWatch Logs Insights, once it is complete. */
export async function logsQuery(
  { logGroup, region, query, from, to }: LogsQuery,
  env: Env,
  wait = pause,
): Promise<LogsResult> {
  const ask = (operation: string, body: object): Promise<unknown> =>
    callAwsJson({ service: 'logs', region, target: `Logs_20140328.${operation}`, body }, env);
  // Whole seconds, both of them within.
  const span = { startTime: Math.floor(from / 1000), endTime: Math.floor(to / 1000) };
  const { queryId } = v.parse(
    started,
    await ask('StartQuery', { logGroupName: logGroup, queryString: query, ...span }),
  );
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(2 * pollMs, POLL_MS)) {
    const { status, results: rows, statistics } = v.parse(results, await ask('GetQueryResults', { queryId }));
    if (status === 'Complete') {
      const named = rows.map((row) => Object.fromEntries(row.map(({ field, value = '' }) => [field, value])));
      return { rows: named, bytesScanned: statistics.bytesScanned ?? 0 };
    }
    if (!UNDER_WAY.includes(status)) throw new Error(`Logs Insights ended the query of ${logGroup} as '${status}'`);
    await wait(pollMs);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
