import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface OddPieces {
  readonly url: string;
  close(): Promise<void>;
}

/** Before a server: hands its answers on in pieces of so many bytes, whatever lies in them. */
export async function inPieces(url: string, size: number): Promise<OddPieces> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.setNoDelay(true).on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
    client.pipe(upstream);
    // Who goes before the end ends both.
    handOn(upstream, client, size).catch(() => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function handOn(from: Socket, to: Socket, size: number): Promise<void> {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += size) {
        to.write(chunk.subarray(at, at + size));
        await new Promise(setImmediate);
      }
    }
  } finally {
    to.end();
  }
}
