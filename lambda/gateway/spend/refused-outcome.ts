import type { ChainOutcome } from '../../engine/chain/chain-context';
import type { GatewayError } from '../gateway-error';

/** A refusal that came after the hosts had been asked: the client hears the gateway's own error, streamed or not. */
export function refusedOutcome(
  { status, message, headers, type, more: { details } }: GatewayError,
  requestId: string,
): ChainOutcome {
  const error = { type: 'error', error: { type, message, details }, request_id: requestId };
  return {
    kind: 'returned',
    fault: {
      host: undefined,
      owner: 'client',
      reason: 'rate-limited',
      failure: {
        kind: 'http',
        status,
        headers: { 'content-type': 'application/json', ...headers },
        body: Buffer.from(JSON.stringify(error)),
        facts: { source: 'anthropic', type: type ?? '', code: undefined, message },
      },
    },
  };
}
