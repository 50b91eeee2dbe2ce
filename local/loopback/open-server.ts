import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const ADDRESS = '127.0.0.1';
const TRIES = 20;

export interface OpenServer {
  /** The origin, without a path. */
  readonly url: string;
  readonly port: number;
  /** Breaks what is under way. */
  close(): Promise<void>;
}

/** Lets nobody in but this machine. Listens on the port, or on the next one that is free; 0 is any. */
export async function openServer(server: Server, wanted = 0): Promise<OpenServer> {
  const port = await listenNear(server, wanted);
  return {
    url: `http://${ADDRESS}:${port}`,
    port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listenNear(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; ; port += 1) {
    server.listen(port, ADDRESS);
    try {
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || port >= Math.min(wanted + TRIES, 65_535)) throw error;
    }
  }
}
