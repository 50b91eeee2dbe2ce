import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { openServer, type OpenServer } from '../../../local/loopback/open-server';

/** The way to the emulated AWS, of which services of a region can be taken away. */
export interface RegionDoor extends OpenServer {
  /** Calls signed for this service there find nobody; `*` for all of them. */
  take(region: string, service: string): void;
  restore(): void;
  /** Calls that were signed for that region since the last time. */
  calls(region: string): readonly string[];
}

const SCOPE = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;
/** Accounts and names are one thing for all regions, and signed for the first of them. */
const GLOBAL = new Set(['iam', 'route53', 'sts']);

export async function startRegionDoor(behind: string): Promise<RegionDoor> {
  const taken = new Set<string>();
  const seen: { readonly region: string; readonly service: string }[] = [];
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, region = '', service = ''] = SCOPE.exec(message.headers.authorization ?? '') ?? [];
    const isGlobal = GLOBAL.has(service);
    if (!isGlobal) seen.push({ region, service });
    if (!isGlobal && (taken.has(`${region} ${service}`) || taken.has(`${region} *`)))
      return void message.socket.destroy();
    if (service === 'xray') return void response.writeHead(200).end('{}');
    const outgoing = send(new URL(message.url ?? '/', behind), { method: message.method, headers: message.headers });
    message.pipe(outgoing);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    await pipeline(answer, response);
  };
  const server = createServer((message, response) => {
    handle(message, response).catch(() => response.destroy());
  });
  const { port, close } = await openServer(server);
  return {
    // By name, not by address: so moto finds a bucket in a path.
    url: `http://localhost:${port}`,
    port,
    close,
    take: (region, service) => void taken.add(`${region} ${service}`),
    restore: () => taken.clear(),
    calls: (region) => seen.splice(0).flatMap((call) => (call.region === region ? [call.service] : [])),
  };
}
