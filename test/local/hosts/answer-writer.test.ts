import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { Fault } from '../../../local/hosts';
import { eventTypes, receive, send, soundCall, until, useHosts } from './caller';

const start = useHosts();

const json = (text: string) => JSON.parse(text) as Record<string, never>;

describe('a stream', () => {
  const streamed = async (fault: Fault) => {
    const host = await start('anthropic');
    await host.setFault(fault);
    const answer = await receive(await send(host, soundCall('anthropic', true)));
    expect(host.requests[0]?.aborted).toBe(false);
    expect(host.answered).toBe(0);
    return { ...answer, types: eventTypes(answer.text) };
  };

  it('is cut after as many content events as asked', async () => {
    const { types, broken } = await streamed({ kind: 'cut', afterEvents: 2 });
    expect(broken).toBe(true);
    expect(types.filter((type) => type?.startsWith('content_block'))).toHaveLength(2);
  });

  it('ends cleanly without message_stop', async () => {
    const { types, broken } = await streamed({ kind: 'end-without-stop' });
    expect([types.at(-1), broken]).toEqual(['message_delta', false]);
  });

  it('carries an error before the first content', async () => {
    const { types, status, text } = await streamed({ kind: 'error-in-stream' });
    expect([status, ...types]).toEqual([200, 'message_start', 'error']);
    expect(text).toContain('data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}');
  });

  it('carries an error after content', async () => {
    const { types } = await streamed({ kind: 'error-in-stream', afterEvents: 3, error: 'server-error' });
    expect(types).toEqual([
      ...['message_start', 'content_block_start', 'ping', 'content_block_delta', 'content_block_delta', 'error'],
    ]);
  });

  it('carries one event that is not JSON, and goes on', async () => {
    const { types, text } = await streamed({ kind: 'malformed-event' });
    const parses = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => {
      try {
        return Boolean(JSON.parse(data ?? ''));
      } catch {
        return false;
      }
    });
    expect(parses.filter((good) => !good)).toHaveLength(1);
    expect(types.at(-1)).toBe('message_stop');
  });

  it('falls silent after content, until the client leaves', async () => {
    const host = await start('anthropic');
    await host.setFault({ kind: 'stall', afterEvents: 1 });
    const client = new AbortController();
    const response = await send(host, soundCall('anthropic', true), client.signal);
    const reading = receive(response);
    await until(() => (host.requests[0]?.sent ?? 0) > 0, 'the host has sent something');
    client.abort();
    const { text } = await reading;
    expect(eventTypes(text)).not.toContain('message_stop');
    await until(() => host.requests[0]?.aborted === true, 'the host notes that the client left');
  });

  it('shows message_start at once and content later, but whole', async () => {
    const host = await start('anthropic');
    await host.setFault({ kind: 'slow-first-token', ms: 30 });
    const reader = (await send(host, soundCall('anthropic', true))).body!.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    expect(eventTypes(first)).toEqual(['message_start']);
    while (!(await reader.read()).done);
    await until(() => host.answered === 1, 'the answer counts');
  });

  it('dies on Bedrock with exception frames', async () => {
    const host = await start('bedrock');
    const frames = async (fault: Fault) => {
      await host.setFault(fault);
      const bytes = Buffer.from(await (await send(host, soundCall('bedrock', true))).arrayBuffer());
      const text = (input: Uint8Array | string) => Buffer.from(input).toString();
      const codec = new EventStreamCodec(text, (input) => Buffer.from(input));
      const types: unknown[] = [];
      for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
        const { headers } = codec.decode(bytes.subarray(at, at + bytes.readUInt32BE(at)));
        types.push(headers[':exception-type']?.value ?? headers[':event-type']?.value);
      }
      return types;
    };
    expect(await frames({ kind: 'throttling', afterEvents: 0 })).toEqual(['chunk', 'throttlingException']);
    expect(await frames({ kind: 'error-in-stream' })).toEqual(['chunk', 'serviceUnavailableException']);
    expect(await frames({ kind: 'error-in-stream', error: 'server-error' })).toEqual([
      'chunk',
      'internalServerException',
    ]);
  });
});

describe('an unstreamed answer', () => {
  it('is cut in its middle', async () => {
    const host = await start('bedrock');
    await host.setFault({ kind: 'cut' });
    const { status, broken, text } = await receive(await send(host, soundCall('bedrock', false)));
    expect([status, broken]).toEqual([200, true]);
    expect(() => json(text)).toThrow();
  });

  it('ends early or is not JSON, on a sound connection', async () => {
    const host = await start('anthropic');
    for (const kind of ['end-without-stop', 'malformed-event'] as const) {
      await host.setFault({ kind });
      const { status, broken, text } = await receive(await send(host, soundCall('anthropic', false)));
      expect([status, broken]).toEqual([200, false]);
      expect(() => json(text)).toThrow();
    }
  });

  it('has the error of the stream as its status', async () => {
    const host = await start('anthropic');
    await host.setFault({ kind: 'error-in-stream', afterEvents: 3 });
    expect((await send(host, soundCall('anthropic', false))).status).toBe(529);
  });
});
