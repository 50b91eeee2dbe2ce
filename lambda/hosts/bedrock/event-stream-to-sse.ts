import type { ResponseStream } from '@aws-sdk/client-bedrock-runtime';
import type { HostError } from '../../engine/host';
import { isObject } from '../../engine/json';
import { encodeSse } from '../../wire/sse-events';
import { bedrockException } from './bedrock-exceptions';

const utf8 = new TextDecoder();

/** Bedrock's event stream as the SSE it was made from. An exception frame becomes Anthropic's `error` event. */
export function eventStreamToSse(
  events: AsyncIterable<ResponseStream>,
  asHostError: (error: unknown) => HostError,
  release: () => void,
): AsyncIterable<Uint8Array> {
  const frames = sseFrames(events, asHostError, release);
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => frames.next(),
      return: () => {
        // Neither a generator that has not begun nor the SDK's own iterator would let the connection go.
        release();
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
}

async function* sseFrames(
  events: AsyncIterable<ResponseStream>,
  asHostError: (error: unknown) => HostError,
  release: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const { chunk } of events) {
      const frame = chunk?.bytes && sseFrame(utf8.decode(chunk.bytes));
      if (frame) yield frame;
    }
  } catch (error) {
    const exception = bedrockException(error);
    if (exception === undefined) throw asHostError(error);
    const { type, message } = exception;
    yield encodeSse('error', JSON.stringify({ type: 'error', error: { type, message } }));
  } finally {
    release();
  }
}

/** Payloads without a type are not events of Anthropic's. */
function sseFrame(data: string): Uint8Array | undefined {
  const event: unknown = JSON.parse(data);
  if (!isObject(event) || typeof event['type'] !== 'string') return undefined;
  return encodeSse(event['type'], data);
}
