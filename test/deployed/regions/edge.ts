import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { AddressInfo } from 'node:net';
import type { Aws } from '../aws';

/** Where a region's API Gateway is reached: by the names of the domains that are deployed there. */
export interface Edge {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

const FORBIDDEN = '{"message":"Forbidden"}';

/** Takes a request by its host name to the API that is mapped to that, as long as there is one. Every connection is for one request. */
export async function startEdge(aws: Aws, address: string, port: number, doorUrl: string): Promise<Edge> {
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [domainName = ''] = (message.headers.host ?? '').split(':');
    if (!(await leadsToApi(aws, domainName))) {
      return void response.writeHead(403, { 'content-type': 'application/json', connection: 'close' }).end(FORBIDDEN);
    }
    const { method, url, headers } = message;
    const outgoing = send(`${doorUrl}${url}`, { method, headers });
    message.pipe(outgoing);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.writeHead(answer.statusCode ?? 500, { ...answer.headers, connection: 'close' });
    await pipeline(answer, response);
  };
  const server = createServer((message, response) => {
    serve(message, response).catch(() => response.destroy());
  });
  server.listen(port, address);
  await once(server, 'listening');
  return {
    address,
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function leadsToApi({ apiGateway }: Aws, domainName: string): Promise<boolean> {
  try {
    const { items = [] } = await apiGateway.getBasePathMappings({ domainName });
    await apiGateway.getRestApi({ restApiId: items[0]?.restApiId });
    return true;
  } catch {
    return false;
  }
}
