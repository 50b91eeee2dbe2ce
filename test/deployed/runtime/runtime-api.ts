import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openServer } from '../../../local/loopback/open-server';

/** What a function, or its runtime, says of its own failure. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly functionArn: string;
  readonly deadlineMs: number;
}

/** Lambda's side of the Runtime API, for one process. */
export interface RuntimeApi {
  /** What the process finds in `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** The response, as soon as it begins. One at a time; the process may still be on its way up. */
  invoke(invocation: Invocation): Promise<Readable>;
  /** Fails what is under way: the process has ended. */
  close(reason: Error): void;
}

const PATH = /^\/2018-06-01\/runtime\/(init\/error|invocation\/next|invocation\/[^/]+\/(response|error))$/;

export async function startRuntimeApi(): Promise<RuntimeApi> {
  let next = expected<ServerResponse>();
  let current: PromiseWithResolvers<Readable> | undefined;
  let response: Readable | undefined;

  const handle = async (message: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const [, path, outcome] = PATH.exec(message.url ?? '') ?? [];
    if (path === 'invocation/next') return next.resolve(answer);
    if (path === 'init/error') next.reject(await readError(message));
    else if (outcome === 'error') current?.reject(await readError(message));
    else if (outcome === 'response') {
      response = Readable.from(readBody(message), { objectMode: false });
      current?.resolve(response);
      await once(message, 'close');
    }
    answer.writeHead(path === undefined ? 404 : 202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  };

  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (message, answer) => {
    // The process has ended in the middle.
    handle(message, answer).catch(() => answer.destroy());
  });
  const opened = await openServer(server);
  return {
    address: new URL(opened.url).host,
    async invoke({ id, event, functionArn, deadlineMs }) {
      const waiting = await next.promise;
      next = expected();
      current = expected();
      waiting.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': String(deadlineMs),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
      });
      waiting.end(event);
      return current.promise;
    },
    close(reason) {
      next.reject(reason);
      current?.reject(reason);
      response?.destroy(reason);
      void opened.close();
    },
  };
}

/** What may fail while nobody waits for it. */
function expected<T>(): PromiseWithResolvers<T> {
  const resolvers = Promise.withResolvers<T>();
  resolvers.promise.catch(() => {});
  return resolvers;
}

/** A stream that fails on its way says so behind its last chunk. */
async function* readBody(message: IncomingMessage): AsyncGenerator<Buffer> {
  yield* message as AsyncIterable<Buffer>;
  const type = message.trailers['lambda-runtime-function-error-type'];
  const body = message.trailers['lambda-runtime-function-error-body'] ?? '';
  if (type !== undefined) throw new FunctionError(type, Buffer.from(body, 'base64').toString());
}

async function readError(message: IncomingMessage): Promise<FunctionError> {
  const { errorType, errorMessage } = JSON.parse(await text(message)) as Record<string, string>;
  return new FunctionError(errorType ?? 'Unknown', errorMessage ?? '');
}
