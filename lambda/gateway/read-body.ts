import type { IncomingRequest } from '../engine/gateway';
import { bodyTooLarge } from './gateway-error';

/** The whole body, wherever it is by now. Throws a `GatewayError` for one that is larger. */
export async function readBody(body: IncomingRequest['body'], limit: number): Promise<Uint8Array> {
  if (!(body instanceof Uint8Array)) return body.read(limit);
  if (body.length > limit) throw bodyTooLarge(limit);
  return body;
}
