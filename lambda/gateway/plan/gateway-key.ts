import type { Headers } from '../../engine/headers';

/** The client's key for the gateway: old SDKs send `x-api-key`, new ones `Authorization: Bearer`. */
export function gatewayKey(headers: Headers): string | undefined {
  return headers['x-api-key'] || /^Bearer +(.+)$/i.exec(headers['authorization'] ?? '')?.[1];
}
