import { createHash, timingSafeEqual } from 'node:crypto';
import { FRONT_HEADER } from '../../../lib/contract';
import type { RequestHead } from '../../engine/gateway';
import { GatewayError } from '../gateway-error';

/** Turns away who comes by the address behind CloudFront instead of through it. */
export function createFrontCheck(sha256: string | undefined): (request: RequestHead) => void {
  if (sha256 === undefined) return () => undefined;
  const known = Buffer.from(sha256, 'hex');
  return ({ headers }) => {
    const digest = createHash('sha256')
      .update(headers[FRONT_HEADER] ?? '')
      .digest();
    if (!timingSafeEqual(known, digest)) {
      throw new GatewayError(
        403,
        "this address is not for clients: ask the gateway by its own name, its stack's output Url",
      );
    }
  };
}
