import type { GatewayResponse } from '../../engine/gateway';
import { isObject, type JsonObject, parseJson } from '../../engine/json';
import { SPENT } from '../spend/refusals';
import { isStandIn } from './stand-in';

/** No answer of a host, and none that the client could mend. A limit of its own is no outage, even where it was heard of after the hosts. */
export const isDown = (response: GatewayResponse, requestId: string): boolean =>
  ((response.status === 429 || response.status >= 500) && !isSpent(response, requestId)) || isStandIn(response);

/** Hosts have the same words for accounts of the operator's; those have ids of theirs. */
function isSpent({ body }: GatewayResponse, requestId: string): boolean {
  const said = body instanceof Uint8Array ? parseJson(new TextDecoder().decode(body)) : undefined;
  if (!isObject(said) || said['request_id'] !== requestId) return false;
  return objectIn(objectIn(said, 'error'), 'details')['error_code'] === SPENT;
}

const objectIn = (from: JsonObject, name: string): JsonObject => (isObject(from[name]) ? from[name] : {});
