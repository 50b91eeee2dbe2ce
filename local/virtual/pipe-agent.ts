import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';

/** HTTP without a network: each connection is a pipe to a server that listens nowhere. */
export class PipeAgent extends Agent {
  readonly #server;

  constructor(serve: (request: IncomingMessage, response: ServerResponse) => void) {
    super({ keepAlive: false });
    this.#server = createServer(serve);
  }

  override createConnection(): Duplex {
    const [client, server] = duplexPair();
    this.#server.emit('connection', Object.assign(server, SOCKET_SETTINGS));
    return Object.assign(client, SOCKET_SETTINGS);
  }
}

/** What a socket can be told and a pipe has no use for. */
const nothing = (): void => {};
const SOCKET_SETTINGS = {
  setKeepAlive: nothing,
  setNoDelay: nothing,
  setTimeout: nothing,
  ref: nothing,
  unref: nothing,
};
