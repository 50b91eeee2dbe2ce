import type { GatewayResponse } from '../engine/gateway';

export function json(status: number, value: unknown, requestId: string): GatewayResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'request-id': requestId },
    body: Buffer.from(JSON.stringify(value)),
  };
}
