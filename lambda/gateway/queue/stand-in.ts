import { RESPONSE_HEADERS } from '../../../lib/contract';
import type { GatewayResponse } from '../../engine/gateway';

/**
 * Given in place of an answer that no host had: words of the owner, or an answer that is too old. Nothing for who can wait. A guardrail's words
 * are no host's either, and stay what they are.
 */
export const isStandIn = ({ status, headers }: GatewayResponse): boolean =>
  status === 200 &&
  (headers[RESPONSE_HEADERS.stale] !== undefined ||
    (headers[RESPONSE_HEADERS.host] === 'none' && headers[RESPONSE_HEADERS.note] === undefined));
