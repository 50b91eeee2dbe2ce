import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import type { IncomingRequest, UnreadBody } from '../engine/gateway';
import { bodyTooLarge, GatewayError } from './gateway-error';

const inflate = promisify(gunzip);
const CODINGS = ['gzip', 'x-gzip'];

/** Of gzip's last four bytes: how long it was before. */
const SIZE_BYTES = 4;
const SHORTEST_GZIP = 18;
/** No byte of deflate stands for more. */
const MOST_FOR_A_BYTE = 1032;

/** The request as its client wrote it before it was compressed. What is wrong with the coding is said when the body is read. */
export function decodedRequest(request: IncomingRequest, coding: string): IncomingRequest {
  const { 'content-encoding': _coding, 'content-length': _length, ...headers } = request.headers;
  return { ...request, headers, body: decodedBody(request.body, coding.trim().toLowerCase()) };
}

function decodedBody(body: IncomingRequest['body'], coding: string): UnreadBody {
  const check = (): void => {
    if (CODINGS.includes(coding)) return;
    throw new GatewayError(
      400,
      `content-encoding: '${coding.slice(0, 40)}' is not one that this gateway takes; send gzip, or the body as it is`,
    );
  };
  return {
    length: undefined,
    async read(limit) {
      check();
      const bytes = body instanceof Uint8Array ? body : await body.read(limit);
      const size = announcedSize(bytes);
      if (size > limit) throw bodyTooLarge(limit);
      // Before it is there: a few bytes can say of themselves that they are a thousand times as many.
      if (!(body instanceof Uint8Array)) body.hold?.(size);
      // No output for a size of nothing is no limit in Node's eyes.
      return inflate(bytes, { maxOutputLength: Math.max(size, 1) }).catch(() => {
        throw notGzip();
      });
    },
    async *stream(limit) {
      check();
      const compressed = body instanceof Uint8Array ? [body] : body.stream(limit);
      const plain = createGunzip();
      // Whoever reads it hears of what is wrong.
      pipeline(Readable.from(compressed), plain, () => {});
      let size = 0;
      try {
        for await (const chunk of plain) {
          const bytes = chunk as Uint8Array;
          size += bytes.length;
          if (size > limit) throw bodyTooLarge(limit);
          yield bytes;
        }
      } catch (error) {
        throw error instanceof GatewayError ? error : notGzip();
      }
    },
  };
}

function announcedSize(bytes: Uint8Array): number {
  if (bytes.length < SHORTEST_GZIP) throw notGzip();
  const size = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32LE(bytes.length - SIZE_BYTES);
  if (size > bytes.length * MOST_FOR_A_BYTE) throw notGzip();
  return size;
}

const notGzip = (): GatewayError =>
  new GatewayError(
    400,
    'the request body is not one whole gzip stream, as its content-encoding says; a front door that takes text only breaks such',
  );
