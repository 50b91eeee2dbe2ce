import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { openServer, type OpenServer } from '../../../local/loopback/open-server';

/** What a stack asks of a resource that the emulator leaves to the tests. */
export interface ResourceAsk {
  readonly requestType: 'Create' | 'Update' | 'Delete';
  readonly type: string;
  /** Of the resource, where it has no name of its own. */
  readonly name: string;
  /** Empty before it is made. */
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface MadeResource {
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A part of AWS that the tests play. */
export interface Part {
  /** Makes, changes or deletes a resource; undefined where it is none of this part's. */
  keep?(ask: ResourceAsk): Promise<MadeResource | undefined> | undefined;
  /** Answers for a host name; false where it is none of this part's. */
  serve?(host: string, path: string, message: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Answers a call to a service's own API; false where it is none of this part's. */
  call?(path: string, message: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

export interface Outside extends OpenServer {
  /** Where a host name is reached from loopback. */
  addressOf(host: string): string;
  add(part: Part): void;
}

const NAMED = /^\/https\/([^/]+)(\/.*)$/;

/** All that is outside of the emulator, behind one address. */
export async function startOutside(): Promise<Outside> {
  const parts: Part[] = [];

  const keep = async (ask: ResourceAsk): Promise<MadeResource> => {
    for (const part of parts) {
      const kept = await part.keep?.(ask);
      if (kept !== undefined) return kept;
    }
    throw new Error(`nobody keeps ${ask.type}`);
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = message.url ?? '/';
    if (path === '/') return void response.end(JSON.stringify(await keep((await json(message)) as ResourceAsk)));
    const [, host, rest = '/'] = NAMED.exec(path) ?? [];
    for (const part of parts) {
      const isServed =
        host === undefined ? part.call?.(path, message, response) : part.serve?.(host, rest, message, response);
      if (await isServed) return;
    }
    response.writeHead(404).end(`there is no ${path}`);
  };

  const server = createServer({ requestTimeout: 0 }, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(400).end(error instanceof Error ? error.message : String(error));
    });
  });
  const opened = await openServer(server);
  return {
    ...opened,
    addressOf: (host) => `${opened.url}/https/${host}`,
    add: (part) => void parts.push(part),
  };
}
