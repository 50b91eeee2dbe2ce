import { EventStreamCodec } from '@smithy/eventstream-codec';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

function frame(headers: Readonly<Record<string, string>>, body: unknown): Buffer {
  const typed = Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }] as const);
  const encoded = codec.encode({ headers: Object.fromEntries(typed), body: Buffer.from(JSON.stringify(body)) });
  return Buffer.from(encoded);
}

/** A chunk as Bedrock writes it: the event in base64, with padding against guessing by length. */
export function chunkFrame(event: string): Buffer {
  return frame(
    { ':event-type': 'chunk', ':content-type': 'application/json', ':message-type': 'event' },
    { bytes: Buffer.from(event).toString('base64'), p: 'abcdefghij' },
  );
}

export function exceptionFrame(type: string, body: object): Buffer {
  return frame({ ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' }, body);
}

/** An error that the service's model does not know. */
export function errorFrame(code: string, message: string): Buffer {
  return frame({ ':error-code': code, ':error-message': message, ':message-type': 'error' }, {});
}
