import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

const ADDRESS = '127.0.0.1';

/** A loopback port that can be shut and opened again. */
export interface HostListener {
  readonly port: number;
  readonly isOpen: boolean;
  openConnections(): number;
  open(): Promise<void>;
  /** Refuses new connections and breaks those there are. */
  shut(): Promise<void>;
}

export async function listen(wanted: number, listener: RequestListener): Promise<HostListener> {
  // A pooled connection must not go stale under a client that pauses between two requests.
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  let isOpen = false;
  let port = wanted;
  const open = async () => {
    if (isOpen) return;
    isOpen = true;
    server.listen(port, ADDRESS);
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const shut = async () => {
    if (!isOpen) return;
    isOpen = false;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  // One after the other: a server opened again before it has closed never says that it closed.
  let last = Promise.resolve();
  const inTurn = (step: () => Promise<void>) => (last = last.then(step));
  await inTurn(open);
  return {
    get port() {
      return port;
    },
    get isOpen() {
      return isOpen;
    },
    openConnections: () => sockets.size,
    open: () => inTurn(open),
    shut: () => inTurn(shut),
  };
}
