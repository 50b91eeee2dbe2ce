import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import * as v from 'valibot';
import type { GatewayRequest, GatewayResponse } from '../../../lambda/engine/gateway';
import { createOperations, TableError } from '../../../local/health-table/table-operations';
import type { MetricStore } from '../cloudwatch/metrics/metric-store';
import { MINUTE_MS } from '../cloudwatch/replay';
import { PipeAgent } from './pipe-agent';
import type { SimulatedClock } from './simulated-clock';
import type { VirtualWorld } from './virtual-world';

export const HEALTH_TABLE = 'health';
/** All of its services. */
export const AWS = 'http://aws.simulated';
const API_KEYS = '/apikeys/';

interface Deployed {
  /** The stack's public endpoint. */
  readonly url: string;
  readonly clock: SimulatedClock;
  readonly metrics: () => MetricStore;
  /** What API Gateway hands on to the router. */
  readonly handle: (request: GatewayRequest) => Promise<GatewayResponse>;
}

/** AWS's services as the functions call them, and the public endpoint. A call to anything else fails. */
export function simulatedAws({
  url: publicUrl,
  clock,
  metrics,
  handle,
}: Deployed): Pick<VirtualWorld, 'fetch' | 'agent'> {
  // Written as URLs are: logical ids stand in it for names in lower case.
  const endpoint = new URL(publicUrl).href;
  const table = createOperations(HEALTH_TABLE, () => clock.now());

  const perform = (target: string, asked: unknown): object => {
    const [service, operation = ''] = target.split('.');
    if (service === 'GraniteServiceVersion20100801') return getMetricData(asked, metrics());
    const ofTable = table[operation];
    if (ofTable === undefined) throw new TableError('UnknownOperationException', `${target} is not simulated`);
    return ofTable(asked);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const release = clock.hold();
    response.once('close', release);
    if (request.url?.startsWith(API_KEYS)) {
      return void response.end(JSON.stringify({ value: 'simulated-gateway-key' }));
    }
    try {
      const answer = perform(String(request.headers['x-amz-target']), await json(request));
      response.end(JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof TableError)) return void response.destroy(error as Error);
      const { type, message, status } = error;
      response.writeHead(status).end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }));
    }
  };

  return {
    agent: new PipeAgent((request, response) => void serve(request, response)),
    fetch: async (resource, { headers: given, body } = {}) => {
      const url = String(resource);
      if (!url.startsWith(endpoint)) throw new Error(`nothing is simulated at ${url}`);
      const path = url.slice(endpoint.length);
      return respond(await handle(clientRequest(path, new Headers(given), body as Uint8Array<ArrayBuffer>)));
    },
  };
}

let requests = 0;

function clientRequest(path: string, headers: Headers, body: Uint8Array): GatewayRequest {
  return {
    id: `gw_endpoint_${++requests}`,
    method: 'POST',
    path,
    query: '',
    headers: Object.fromEntries(headers),
    body,
    client: 'canary',
    timeLeftMs: 840_000,
  };
}

function respond({ status, headers, body }: GatewayResponse): Response {
  const stream = body instanceof Uint8Array ? Buffer.from(body) : ReadableStream.from(body);
  return new Response(stream as ConstructorParameters<typeof Response>[0], { status, headers });
}

const query = v.object({
  StartTime: v.number(),
  EndTime: v.number(),
  MetricDataQueries: v.array(
    v.object({
      Id: v.string(),
      MetricStat: v.object({
        Metric: v.object({
          Namespace: v.string(),
          MetricName: v.string(),
          Dimensions: v.array(v.object({ Name: v.string(), Value: v.string() })),
        }),
        Period: v.literal(60),
        Stat: v.literal('Sum'),
      }),
    }),
  ),
});

/** Sums by minute, where there is data. */
function getMetricData(asked: unknown, store: MetricStore): object {
  const { StartTime, EndTime, MetricDataQueries } = v.parse(query, asked);
  return {
    MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
      const dimensions = Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value]));
      const metric = { namespace: Metric.Namespace, name: Metric.MetricName, dimensions };
      const Timestamps: number[] = [];
      const Values: number[] = [];
      for (let at = StartTime * 1000; at < EndTime * 1000; at += MINUTE_MS) {
        const values = store.values(metric, at, at + MINUTE_MS);
        if (values.length === 0) continue;
        Timestamps.push(at / 1000);
        Values.push(values.reduce((sum, value) => sum + value, 0));
      }
      return { Id, Timestamps, Values };
    }),
  };
}
