import { getEventListeners, once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { WireAnswer } from '../../lambda/hosts/transport/exchange';
import type { HostRequest, Transport } from '../../lambda/hosts/transport/transport';
import { CLIENTS } from './http-clients';
import { never, text } from './host-under-test';
import { recordingServer, type RecordingServer } from './recording-server';

describe.each(CLIENTS)('by %s', (_name, create) => {
  let transport: Transport;
  beforeEach(() => (transport = create()));
  afterEach(() => transport.closeAll());

  const REQUEST = { method: 'POST', path: '/v1/messages', headers: { 'x-a': '1' }, body: Buffer.from('{}') };
  const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

  describe('whatever a host does instead of answering, the attempt settles', () => {
    const HEADERS = 'HTTP/1.1 ';
    test.each([
      [
        '101 and the upgrade it announces',
        `${HEADERS}101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n`,
      ],
      ['101 without an upgrade', `${HEADERS}101 Switching Protocols\r\n\r\n`],
      [
        '101 after an early hint',
        `${HEADERS}103 Early Hints\r\n\r\n${HEADERS}101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n`,
      ],
      ['a status below 100', `${HEADERS}99 Odd\r\n\r\n`],
      ['no HTTP', '\x16\x03\x01\x02nonsense\r\n\r\n'],
    ])('%s', async (_what, bytes) => {
      const raw = await rawServer((socket) => void socket.write(bytes));
      await expect(raw.send()).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
      await raw.closed();
    });

    test.each([
      ['100 Continue', `${HEADERS}100 Continue\r\n\r\n`],
      ['half of its headers', `${HEADERS}200 OK\r\ncontent-type: text/ev`],
      ['nothing', ''],
    ])('%s, and then the end of the socket', async (_what, bytes) => {
      const raw = await rawServer((socket) => void socket.end(bytes));
      await expect(raw.send()).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
      await raw.closed();
    });

    test.each([
      ['headers without an end', (socket: Socket) => void socket.write(`${HEADERS}200 OK\r\nx-more: 1\r\n`)],
      [
        'one 100 Continue after the other',
        (socket: Socket) => void socket.write(`${HEADERS}100 Continue\r\n\r\n`.repeat(50)),
      ],
    ])('%s, when its time is over', async (_what, answer) => {
      const controller = new AbortController();
      const raw = await rawServer((socket) => {
        answer(socket);
        setTimeout(() => controller.abort(), 20);
      });
      await expect(raw.send(controller.signal)).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
      expect(listeners(controller.signal)).toBe(0);
      await raw.closed();
    });

    test('headers that are too large', async () => {
      const raw = await rawServer((socket) => void socket.write(`${HEADERS}200 OK\r\nx: ${'y'.repeat(100_000)}`));
      await expect(raw.send()).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
      await raw.closed();
    });

    test('a 101 costs only its own connection: the next request has a new one', async () => {
      let count = 0;
      const raw = await rawServer((socket) => {
        const isFirst = count++ === 0;
        socket.write(
          isFirst
            ? `${HEADERS}101 No\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n`
            : `${HEADERS}200 OK\r\ncontent-length: 2\r\n\r\n{}`,
        );
      });
      await expect(raw.send()).rejects.toMatchObject({ kind: 'connection' });
      expect(await raw.send().then(text)).toBe('{}');
      transport.closeAll();
      await raw.closed();
    });
  });

  describe('a body that streams through', () => {
    const streamed = (chunks: AsyncIterable<Uint8Array>, length?: number) => ({ ...REQUEST, body: { length, chunks } });
    async function* parts(...texts: string[]) {
      for (const part of texts) yield Buffer.from(part);
    }

    let server: RecordingServer;
    beforeEach(async () => (server = await recordingServer()));
    afterEach(() => server.close());

    test('arrives whole, in chunks or with the length its client announced', async () => {
      await text(await transport.origin(server.url).send(streamed(parts('one ', 'two')), never()));
      await text(await transport.origin(server.url).send(streamed(parts('one ', 'two'), 7), never()));
      expect(server.requests.map(({ body }) => body.toString())).toEqual(['one two', 'one two']);
      expect(server.requests[0]?.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
      expect(server.requests[1]?.headers).toMatchObject({ 'content-length': '7' });
    });

    test('waits for a host that reads slowly', async () => {
      let given = 0;
      async function* endless() {
        for (; given < 2000; given++) yield Buffer.alloc(64 * 1024);
      }
      const raw = await rawServer((socket) => socket.pause());
      const controller = new AbortController();
      const sending = raw.send(controller.signal, streamed(endless()));
      sending.catch(() => undefined);
      let before = -1;
      while (before !== given) {
        before = given;
        for (let count = 0; count < 500; count++) await turn();
      }
      expect(given).toBeLessThan(1000);
      controller.abort();
      await expect(sending).rejects.toMatchObject({ kind: 'connection' });
      await raw.closed();
    });

    test('that breaks off is an error of its own kind, never the host’s, and the host gets no whole request', async () => {
      async function* broken() {
        yield Buffer.from('half');
        throw new RangeError('larger than allowed');
      }
      await expect(transport.origin(server.url).send(streamed(broken()), never())).rejects.toThrow(RangeError);
      for (const socket of server.connections) {
        // `once` of node:events would take half a request for a failure of the test's own.
        if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
      }
      expect(server.requests).toHaveLength(0);
    });
  });

  interface RawServer {
    send(signal?: AbortSignal, request?: HostRequest): Promise<WireAnswer>;
    /** When no connection is left. */
    closed(): Promise<void>;
  }

  /** Answers every request with bytes. */
  async function rawServer(answer: (socket: Socket) => void): Promise<RawServer> {
    const sockets = new Set<Socket>();
    const raw = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
      socket.on('data', () => answer(socket));
    }).listen(0, '127.0.0.1');
    await once(raw, 'listening');
    const origin = transport.origin(`http://127.0.0.1:${(raw.address() as AddressInfo).port}`);
    return {
      send: (signal = never(), request: HostRequest = REQUEST) => origin.send(request, signal),
      closed: async () => {
        for (const socket of sockets) {
          socket.removeAllListeners('data').resume();
          // `once` of node:events would take a reset for a failure.
          if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
        }
        raw.close();
      },
    };
  }
});
