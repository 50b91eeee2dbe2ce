import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { ServerResponse } from 'node:http';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

function frame(eventType: string, contentType: string, body: Uint8Array): Buffer {
  const headers = { ':message-type': 'event', ':event-type': eventType, ':content-type': contentType };
  const typed = Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }] as const);
  return Buffer.from(codec.encode({ headers: Object.fromEntries(typed), body }));
}

const payloadChunk = (bytes: Uint8Array): Buffer => frame('PayloadChunk', 'application/octet-stream', bytes);
const invokeComplete = (outcome: object): Buffer =>
  frame('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(outcome)));

/** How `awslambda.HttpResponseStream` writes a response: status and headers, eight zero bytes, body. */
export function streamed(status: number, headers: Readonly<Record<string, string>>, body: string): Buffer {
  return Buffer.concat([
    Buffer.from(JSON.stringify({ statusCode: status, headers })),
    Buffer.alloc(8),
    Buffer.from(body),
  ]);
}

/** What Lambda answers to InvokeWithResponseStream, the payload cut into chunks that respect nothing. */
export function invocation(payload: Buffer, outcome: object | null = { LogResult: '' }) {
  return (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    for (let at = 0; at < payload.length; at += 25) response.write(payloadChunk(payload.subarray(at, at + 25)));
    response.end(outcome === null ? undefined : invokeComplete(outcome));
  };
}
