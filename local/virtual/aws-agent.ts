import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { TableError } from '../health-table/table-operations';
import { PipeAgent } from './pipe-agent';
import type { SimulatedClock } from './simulated-clock';

/**
 * AWS's services behind an agent: `perform` is given the operation, by its whole name, and what it asks; `read`, the path of
 * a service that is read by GET. Takes no time.
 */
export function awsAgent(
  clock: SimulatedClock,
  perform: (target: string, asked: unknown) => object,
  read?: (path: string) => object,
): PipeAgent {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const release = clock.hold();
    response.once('close', release);
    try {
      const isRead = request.method === 'GET' && read !== undefined;
      const answer = isRead
        ? read(request.url ?? '/')
        : perform(String(request.headers['x-amz-target']), await json(request));
      response.end(JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof TableError)) return void response.destroy(error as Error);
      const { type, message, status } = error;
      response.writeHead(status).end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }));
    }
  };
  return new PipeAgent((request, response) => void serve(request, response));
}
