import { createHash } from 'node:crypto';
import { callAws } from '../../aws/call-aws';
import type { Plan } from '../../engine/chain/plan';
import type { GatewayResponse } from '../../engine/gateway';
import type { Env } from '../../runtime/require-env';

/** Of an answer; a longer one is kept up to here, and says so. */
const MOST_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 5_000;

/** A request and its answer, as they were: the most that can be kept. */
export interface Contents {
  readonly requestId: string;
  readonly object: string;
  readonly bytes: Uint8Array;
}

/** The same response, of which a copy is given to `done` when its last byte is through, or its reader has left. */
export function watched(
  response: GatewayResponse,
  { requestId, bytes: request, client, model }: Pick<Plan, 'requestId' | 'bytes' | 'client' | 'model'>,
  now: () => number,
  done: (contents: Contents) => void,
): GatewayResponse {
  const keep = (answer: readonly Uint8Array[], cut: boolean): void => {
    const at = new Date(now()).toISOString();
    const head = JSON.stringify({
      at,
      request_id: requestId,
      client,
      model,
      status: response.status,
      ...(cut && { cut }),
    });
    const text = JSON.stringify(Buffer.from(Buffer.concat(answer)).toString());
    const parts = [Buffer.from(`${head.slice(0, -1)},"request":`), request, Buffer.from(`,"answer":${text}}\n`)];
    done({
      requestId,
      object: `${at.slice(0, 13).replace(/[-T]/g, '/')}/${requestId}.json`,
      bytes: Buffer.concat(parts),
    });
  };
  const { body } = response;
  if (body instanceof Uint8Array) {
    keep([body], false);
    return response;
  }
  return { ...response, body: copied(body, keep) };
}

async function* copied(
  body: AsyncIterable<Uint8Array>,
  done: (parts: readonly Uint8Array[], cut: boolean) => void,
): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let cut = false;
  try {
    for await (const part of body) {
      cut ||= size + part.length > MOST_BYTES;
      if (!cut) {
        parts.push(part);
        size += part.length;
      }
      yield part;
    }
  } finally {
    done(parts, cut);
  }
}

/** S3 asks for a checksum of what is to be locked. */
export async function putContents(
  bucket: string,
  region: string,
  { object, bytes }: Contents,
  env: Env,
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'x-amz-sdk-checksum-algorithm': 'SHA256',
    'x-amz-checksum-sha256': createHash('sha256').update(bytes).digest('base64'),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const path = `/${bucket}/${object}`;
  await callAws({ service: 's3', region, method: 'PUT', path, headers, body: bytes, signal }, env);
}
