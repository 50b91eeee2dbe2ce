import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { readRequest, type RecordedRequest } from '../../../local/hosts/requests/recorded-request';
import { runQuery } from '../../../local/logs-insights/run-query';
import { openServer, type OpenServer } from '../../../local/loopback/open-server';
import { readEvents } from './read-events';

export interface AwsWithInsights extends OpenServer {
  readonly asked: readonly RecordedRequest[];
}

/** What it does not have, and answers with an error of its own. */
const LACKING = /\/(bedrock|servicequotas)\/aws4_request/;
type Json = Readonly<Record<string, unknown>>;

/**
 * The emulator with what it lacks for whoever looks at a gateway: queries of Logs Insights over the lines that functions have logged,
 * percentiles (told as averages), and the history of alarms, which is `history`.
 */
export async function startAwsWithInsights(
  emulatorUrl: string,
  lines: readonly string[],
  history: readonly object[],
): Promise<AwsWithInsights> {
  const asked: RecordedRequest[] = [];
  const queries: Json[] = [];
  const own: Readonly<Record<string, (body: Json) => object>> = {
    StartQuery: (body) => ({ queryId: String(queries.push(body) - 1) }),
    GetQueryResults: ({ queryId }) => resultsOf(queries[Number(queryId)] ?? {}, lines),
    DescribeAlarmHistory: () => ({ AlarmHistoryItems: history }),
  };
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const entry = await readRequest(message);
    asked.push(entry);
    const target = entry.headers['x-amz-target']?.split('.').at(-1) ?? '';
    const answer = own[target]?.(JSON.parse(String(entry.body)) as Json);
    if (answer) return void response.end(JSON.stringify(answer));
    if (LACKING.test(entry.headers['authorization'] ?? '')) return void response.writeHead(403).end('{}');
    const body = target === 'GetMetricData' ? String(entry.body).replace(/"p(50|95)"/g, '"Average"') : entry.body;
    const { url, headers } = at(emulatorUrl, entry, Buffer.byteLength(body));
    const outgoing = send(url, { method: entry.method, headers }).end(body);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.writeHead(incoming.statusCode ?? 500, incoming.headers);
    await pipeline(incoming, response);
  };
  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return Object.assign(await openServer(server), { asked });
}

function at(emulatorUrl: string, { path, headers }: RecordedRequest, length: number) {
  const url = new URL(path, emulatorUrl);
  return { url, headers: { ...headers, host: url.host, 'content-length': String(length) } };
}

function resultsOf({ startTime, endTime, queryString }: Json, lines: readonly string[]): object {
  const events = readEvents(lines).filter(
    (event) => event.at >= Number(startTime) * 1000 && event.at < (Number(endTime) + 1) * 1000,
  );
  const rows = runQuery(String(queryString), events);
  const results = rows.map((row) => Object.entries(row).map(([field, value]) => ({ field, value })));
  const bytesScanned = events.reduce((sum, { message }) => sum + message.length, 0);
  return { status: 'Complete', results, statistics: { bytesScanned } };
}
