import * as v from 'valibot';
import type { Clock } from '../../../lambda/core/clock';
import type { GatewayRequest, GatewayResponse } from '../../../lambda/core/gateway';
import { createOperations, TableError } from '../../../local/health-table/table-operations';
import type { MetricStore } from '../cloudwatch/metric-store';
import { MINUTE_MS } from '../cloudwatch/replay';

export const HEALTH_TABLE = 'health';
/** Where the stack's public endpoint is. */
export const PUBLIC_URL = 'https://gateway.simulated';

interface Stack {
  readonly clock: Clock;
  readonly metrics: () => MetricStore;
  /** What API Gateway hands on to the router. */
  readonly handle: (request: GatewayRequest) => Promise<GatewayResponse>;
}

/** AWS's services as the functions call them: the health table, the metrics, the public endpoint. Anything else fails. */
export function simulatedAws({ clock, metrics, handle }: Stack): typeof fetch {
  const table = createOperations(HEALTH_TABLE, () => clock.now());
  return async (resource, { headers: given, body } = {}) => {
    const url = new URL(String(resource));
    const headers = new Headers(given);
    if (url.origin === PUBLIC_URL) {
      return respond(await handle(clientRequest(url.pathname, headers, body as Uint8Array<ArrayBuffer>)));
    }
    const [service, operation = ''] = (headers.get('x-amz-target') ?? '').split('.');
    const asked: unknown = JSON.parse(String(body));
    if (service === 'GraniteServiceVersion20100801') return Response.json(getMetricData(asked, metrics()));
    const perform = table[operation];
    if (perform === undefined) throw new Error(`nothing is simulated at ${url.href} for ${service}.${operation}`);
    try {
      return Response.json(perform(asked));
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      const { type, message, status } = error;
      return Response.json({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }, { status });
    }
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
      const Values: number[] = [];
      for (let at = StartTime * 1000; at < EndTime * 1000; at += MINUTE_MS) {
        const values = store.values(metric, at, at + MINUTE_MS);
        if (values.length > 0) Values.push(values.reduce((sum, value) => sum + value, 0));
      }
      return { Id, Values };
    }),
  };
}
