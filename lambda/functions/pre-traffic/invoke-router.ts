import { EventStreamCodec } from '@smithy/eventstream-codec';
import * as v from 'valibot';
import { RESPONSE_HEADERS } from '../../../lib/contract';
import { callAws } from '../../aws/call-aws';
import type { Env } from '../../runtime/require-env';
import { LONGEST_PROBE_MS, type ProbeEvent } from './probe-event';

export interface RouterAnswer {
  readonly status: number;
  /** `x-failover-trace`, or empty. */
  readonly trace: string;
  readonly body: string;
}

const utf8 = new TextDecoder();
// AWS's own codec without its client of Lambda, which would be most of the bundle.
const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : utf8.decode(bytes)),
  (text) => new TextEncoder().encode(text),
);
const complete = v.object({ ErrorCode: v.optional(v.string()), ErrorDetails: v.optional(v.string()) });
const prelude = v.object({
  statusCode: v.number(),
  headers: v.object({ [RESPONSE_HEADERS.trace]: v.optional(v.string(), '') }),
});

/**
 * Invokes a version of the router, or its alias, as API Gateway does: by InvokeWithResponseStream, which is the only way its handler
 * answers.
 */
export async function invokeRouter(
  arn: string,
  event: ProbeEvent,
  env: Env,
  timeoutMs = LONGEST_PROBE_MS,
): Promise<RouterAnswer> {
  const stream = await callAws(
    {
      service: 'lambda',
      region: arn.split(':')[3] ?? '',
      path: `/2021-11-15/functions/${encodeURIComponent(arn)}/response-streaming-invocations`,
      headers: { 'content-type': 'application/json', 'x-amz-invocation-type': 'RequestResponse' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(timeoutMs),
    },
    env,
  );
  return readAnswer(payload(stream));
}

/** The payload of the chunks, whose end must have been reached. */
function payload(stream: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (const { headers, body } of frames(stream)) {
    if (headers[':event-type']?.value === 'PayloadChunk') chunks.push(body);
    // A handler that throws in the middle of its answer has sent a status already: only this event tells.
    if (headers[':event-type']?.value !== 'InvokeComplete') continue;
    const { ErrorCode: code, ErrorDetails: details = '' } = v.parse(complete, JSON.parse(utf8.decode(body)));
    if (code !== undefined) throw new Error(`the function failed: ${code} ${details.slice(0, 500)}`);
    return Buffer.concat(chunks);
  }
  throw new Error('the function answered in part only');
}

function* frames(stream: Uint8Array): Generator<ReturnType<EventStreamCodec['decode']>> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let start = 0; start < stream.length;) {
    const end = start + view.getUint32(start);
    yield codec.decode(stream.subarray(start, end));
    start = end;
  }
}

/** A streamed answer is its status and headers as JSON, eight zero bytes, and the body. */
const DELIMITER = Buffer.alloc(8);

function readAnswer(bytes: Uint8Array): RouterAnswer {
  const cut = Buffer.from(bytes).indexOf(DELIMITER);
  if (cut < 0) throw new Error('the function answered without a status');
  const { statusCode: status, headers } = v.parse(prelude, JSON.parse(utf8.decode(bytes.subarray(0, cut))));
  return { status, trace: headers[RESPONSE_HEADERS.trace], body: utf8.decode(bytes.subarray(cut + DELIMITER.length)) };
}
