import { type LogEvent, runQuery } from '../../../local/logs-insights/run-query';
import { recordingServer, type RecordingServer, type Recorded } from '../../hosts/recording-server';

export interface InsightsServer extends RecordingServer {
  /** Messages that were published. */
  readonly notices: { readonly subject: string; readonly text: string }[];
  readonly env: Readonly<Record<string, string>>;
}

/** A stand-in for Logs Insights and SNS, on loopback. Queries run once before they are complete. `other` answers all else. */
export async function insightsServer(
  events: readonly LogEvent[],
  other: (asked: Recorded) => string = () => '{}',
): Promise<InsightsServer> {
  const queries: { readonly body: { startTime: number; endTime: number; queryString: string }; asked: number }[] = [];
  const notices: { subject: string; text: string }[] = [];
  const answer = (request: Recorded): object | undefined => {
    const body = JSON.parse(String(request.body));
    switch (request.headers['x-amz-target']) {
      case 'Logs_20140328.StartQuery':
        return { queryId: String(queries.push({ body, asked: 0 }) - 1) };
      case 'Logs_20140328.GetQueryResults': {
        const query = queries[Number(body.queryId)]!;
        query.asked += 1;
        if (query.asked === 1) return { status: 'Running', results: [], statistics: {} };
        const { startTime, endTime, queryString } = query.body;
        const within = events.filter(({ at }) => at >= startTime * 1000 && at <= endTime * 1000);
        const results = runQuery(queryString, within).map((row) =>
          Object.entries(row).map(([field, value]) => ({ field, value })),
        );
        const bytesScanned = within.reduce((sum, { message }) => sum + message.length, 0);
        return { status: 'Complete', results, statistics: { bytesScanned, recordsScanned: within.length } };
      }
      default:
        return undefined;
    }
  };
  const server = await recordingServer((response, request) => {
    if (request.headers['x-amz-target']) {
      const found = answer(request);
      return void response.end(found ? JSON.stringify(found) : other(request));
    }
    const fields = new URLSearchParams(String(request.body));
    if (fields.get('Action') !== 'Publish') return void response.end(other(request));
    notices.push({ subject: fields.get('Subject') ?? '', text: fields.get('Message') ?? '' });
    response.end('<Ok/>');
  });
  const env = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: server.url,
  };
  return Object.assign(server, { notices, env });
}
