import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DELIMITER } from './response-stream';

/** API Gateway looks no further for the delimiter. */
const MAX_BYTES = 16 * 1024;

export interface Prelude {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface IntegrationResponse extends Prelude {
  readonly body: AsyncIterable<Uint8Array>;
}

/** Takes a function's raw response apart. Rejects when it ends, fails or goes on for too long without its metadata. */
export async function readIntegrationResponse(stream: Readable): Promise<IntegrationResponse> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (;;) {
    const next = await chunks.next();
    if (next.done) throw new Error('the function ended its response without metadata');
    head = Buffer.concat([head, next.value]);
    const end = head.indexOf(DELIMITER);
    if (end >= 0 && end <= MAX_BYTES) {
      const { statusCode, headers = {} } = JSON.parse(head.toString('utf8', 0, end)) as Partial<Prelude>;
      return { statusCode: statusCode ?? 200, headers, body: rest(head.subarray(end + DELIMITER.length), chunks) };
    }
    if (head.length > MAX_BYTES + DELIMITER.length) {
      throw new Error(`no metadata in the first ${MAX_BYTES} bytes of the function's response`);
    }
  }
}

/** Rejects where one side breaks off, or the signal comes first. */
export async function passAnswer(
  { statusCode, headers, body }: IntegrationResponse,
  response: ServerResponse,
  requestId: string,
  signal?: AbortSignal,
): Promise<void> {
  response.writeHead(statusCode, { ...headers, 'x-amzn-requestid': requestId }).flushHeaders();
  await pipeline(body, response, { signal });
}

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  for (;;) {
    const next = await chunks.next();
    if (next.done) return;
    yield next.value;
  }
}
