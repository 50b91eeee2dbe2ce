import type { Writable } from 'node:stream';
import type { Context } from 'aws-lambda';
import type { Router } from '../../gateway/create-router';
import { writeBody } from '../../gateway/write-body';
import { frontDoor } from './front-door';
import { wholeResult } from './whole-result';

type Handler = (event: unknown, stream: Writable, context: Context) => Promise<void>;

/** Streams behind API Gateway REST and function URLs; whole answers where nothing streams. */
export function createHandler({ handle, settle }: Pick<Router, 'handle' | 'settle'>): Handler {
  return async (event, stream, context) => {
    const gone = new AbortController();
    stream.once('error', () => gone.abort());
    stream.once('close', () => gone.abort());
    const door = frontDoor(event, context);
    const response = 'refusal' in door ? door.refusal : await handle(door.request, gone.signal);
    if ('refusal' in door || !door.streams) {
      const result = JSON.stringify(await wholeResult(response));
      return writeBody(Buffer.from(result), stream, gone.signal, settle);
    }
    const out = awslambda.HttpResponseStream.from(stream, { statusCode: response.status, headers: response.headers });
    const isHead = door.request.method === 'HEAD';
    await writeBody(isHead ? new Uint8Array() : response.body, out, gone.signal, settle);
  };
}
