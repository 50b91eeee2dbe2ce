import { PassThrough } from 'node:stream';

/** Between the metadata and the body. */
export const DELIMITER = new Uint8Array(8);

type Done = (error: Error | null | undefined) => void;

/**
 * What Lambda's Node runtime hands to a streaming handler. As there, the metadata goes out with the first `write`:
 * an answer that is only ever passed to `end` goes out without it.
 */
export class ResponseStream extends PassThrough {
  #prelude: string | undefined;

  announce(metadata: Record<string, unknown>): void {
    this.#prelude = JSON.stringify(metadata);
  }

  override write(chunk: unknown, encoding?: BufferEncoding | Done, done?: Done): boolean {
    if (this.#prelude !== undefined) {
      super.write(this.#prelude);
      super.write(DELIMITER);
      this.#prelude = undefined;
    }
    return typeof encoding === 'function' ? super.write(chunk, encoding) : super.write(chunk, encoding ?? 'utf8', done);
  }
}

/** The global that the runtime brings along. Must be there before the function's code is loaded. */
export function installAwslambda(): void {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: <Handler>(handler: Handler): Handler => handler,
      HttpResponseStream: {
        from(stream: ResponseStream, metadata: Record<string, unknown>): ResponseStream {
          stream.announce(metadata);
          return stream;
        },
      },
    },
  });
}
