import * as v from 'valibot';
import type { GatewayRequest, GatewayResponse } from '../../../lambda/engine/gateway';
import { createOperations, TableError } from '../../../local/health-table/table-operations';
import { awsAgent } from '../../../local/virtual/aws-agent';
import type { SimulatedClock } from '../../../local/virtual/simulated-clock';
import type { VirtualWorld } from '../../../local/virtual/virtual-world';
import type { MetricStore } from '../cloudwatch/metrics/metric-store';
import { MINUTE_MS } from '../cloudwatch/replay';

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

  return {
    agent: awsAgent(clock, perform, (path) => {
      if (!path.startsWith(API_KEYS)) throw new Error(`nothing is simulated at ${path}`);
      return { value: 'simulated-gateway-key' };
    }),
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

export function respond({ status, headers, body }: GatewayResponse): Response {
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
