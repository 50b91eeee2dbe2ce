import type { GatewayRequest, IncomingRequest } from '../engine/gateway';
import { bodyTooLarge } from './gateway-error';

/** The largest body any host takes. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The whole body, wherever it is by now. Throws a `GatewayError` for one that is larger. */
export async function readBody(body: IncomingRequest['body'], limit: number): Promise<Uint8Array> {
  if (!(body instanceof Uint8Array)) return body.read(limit);
  if (body.length > limit) throw bodyTooLarge(limit);
  return body;
}

/** Called when it is known who asks, and for what. */
export async function withBody(request: IncomingRequest): Promise<GatewayRequest> {
  return { ...request, body: await readBody(request.body, MAX_BODY_BYTES) };
}
