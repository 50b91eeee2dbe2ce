import { getEventListeners, once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { HostError } from '../../lambda/engine/host';
import { type Transport } from '../../lambda/hosts/transport/transport';
import { CLIENTS } from './http-clients';
import { never, text } from './host-under-test';
import { recordingServer, type RecordingServer } from './recording-server';

describe.each(CLIENTS)('by %s', (_name, create) => {
  let server: RecordingServer;
  let transport: Transport;
  beforeEach(async () => {
    server = await recordingServer();
    transport = create();
  });
  afterEach(async () => {
    transport.closeAll();
    await server.close();
  });

  const REQUEST = { method: 'POST', path: '/v1/messages', headers: { 'x-a': '1' }, body: Buffer.from('{}') };
  const send = (signal = never(), request = REQUEST) => transport.origin(server.url).send(request, signal);
  const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

  test('asks for an unencoded answer, says how long the body is and hands the answer over as it is', async () => {
    const answer = await send();
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(await text(answer)).toBe('{"type":"message","id":"msg_1"}');
    expect(server.requests[0]?.headers).toMatchObject({
      'accept-encoding': 'identity',
      'content-length': '2',
      'x-a': '1',
    });
  });

  test('a base URL with a path keeps it', async () => {
    await text(await transport.origin(`${server.url}/proxy/`).send(REQUEST, never()));
    expect(server.requests[0]?.path).toBe('/proxy/v1/messages');
  });

  test('connections are used again', async () => {
    for (let count = 0; count < 3; count++) await text(await send());
    expect(server.connections.size).toBe(1);
  });

  test('a slow reader makes the host wait, and gets every byte', async () => {
    const size = 8 * 1024 * 1024;
    let written = 0;
    server.reply = (response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const write = (): void => {
        while (written < size) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    };
    const answer = await send();
    let before = -1;
    // Until the host cannot write any more.
    while (before !== written) {
      before = written;
      for (let count = 0; count < 200; count++) await turn();
    }
    expect(written).toBeLessThan(size);
    let read = 0;
    for await (const chunk of answer.body) read += chunk.length;
    expect(read).toBe(size);
  });

  test('a refused connection is a connection error that names the host and the reason', async () => {
    const { url } = server;
    await server.close();
    const error: unknown = await transport
      .origin(url)
      .send(REQUEST, never())
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HostError);
    expect(error).toMatchObject({ kind: 'connection', message: `connection to ${url}: ECONNREFUSED` });
  });

  test('a connection that is reset before the answer is a connection error', async () => {
    server.reply = (response) => response.destroy();
    await expect(send()).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
  });

  test('an answer that is cut off ends in a connection error, after the bytes that came', async () => {
    server.reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: ping\n', () => response.destroy());
    };
    const received: string[] = [];
    const reading = (async () => {
      for await (const chunk of (await send()).body) received.push(Buffer.from(chunk).toString());
    })();
    await expect(reading).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
    expect(received.join('')).toBe('event: ping\n');
  });

  test('an answer shorter than its content-length is a connection error', async () => {
    const raw = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'));
    }).listen(0, '127.0.0.1');
    await once(raw, 'listening');
    const origin = transport.origin(`http://127.0.0.1:${(raw.address() as AddressInfo).port}`);
    await expect(origin.send(REQUEST, never()).then(text)).rejects.toMatchObject({ kind: 'connection' });
    raw.close();
  });

  test('a header that cannot be written is an error without its value', async () => {
    const sending = send(never(), { ...REQUEST, headers: { 'x-a': 'line\nbreak-secret' } as { 'x-a': string } });
    await expect(sending).rejects.toMatchObject({ name: 'HostError', kind: 'connection' });
    await expect(sending).rejects.not.toThrow(/break-secret/);
  });

  describe('the signal', () => {
    test('that has fired before sends nothing', async () => {
      await expect(send(AbortSignal.abort())).rejects.toMatchObject({ kind: 'connection' });
      expect(server.requests).toHaveLength(0);
    });

    test('closes the connection while the answer is awaited', async () => {
      const controller = new AbortController();
      server.reply = () => controller.abort();
      await expect(send(controller.signal)).rejects.toMatchObject({ kind: 'connection' });
      await closed();
    });

    test('closes the connection in the middle of the answer', async () => {
      const controller = new AbortController();
      server.reply = (response) => void response.writeHead(200).write('part');
      const iterator = (await send(controller.signal)).body[Symbol.asyncIterator]();
      await iterator.next();
      controller.abort();
      await expect(iterator.next()).rejects.toMatchObject({ kind: 'connection' });
      await closed();
    });

    test('has no listener left after an answer, an error or an answer that nobody reads to its end', async () => {
      const { signal } = new AbortController();
      await text(await send(signal));
      expect(listeners(signal)).toBe(0);
      server.reply = (response) => response.destroy();
      await send(signal).catch(() => undefined);
      expect(listeners(signal)).toBe(0);
      server.reply = (response) => void response.writeHead(200).write('part');
      const answer = await send(signal);
      expect(listeners(signal)).toBe(1);
      for await (const _ of answer.body) break;
      await closed();
      expect(listeners(signal)).toBe(0);
    });
  });

  test('closing gives up every connection', async () => {
    await text(await send());
    transport.closeAll();
    await closed();
  });

  async function closed(): Promise<void> {
    for (const socket of server.connections) if (!socket.destroyed) await once(socket, 'close');
    expect(server.connections.size).toBe(0);
  }
});
