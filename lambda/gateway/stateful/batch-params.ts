import { isObject, type JsonObject, parseJson } from '../../engine/json';
import { GatewayError } from '../gateway-error';
import { BatchRequests } from './batch-requests';

/** The largest body of a message. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Gives out what each request of a batch asks, while the batch goes by; `json`: all of the request. Throws a `GatewayError`. */
export function batchParams(found: (params: JsonObject, json: Uint8Array) => void): (chunk: Uint8Array) => void {
  const requests = new BatchRequests(
    MOST_BYTES,
    (json) => {
      const request = parseJson(new TextDecoder().decode(json));
      const params = isObject(request) ? request['params'] : undefined;
      if (!isObject(params)) throw new GatewayError(400, 'requests.*: one of them is no JSON object with params');
      found(params, json);
    },
    () => {
      throw new GatewayError(413, `requests.*: one of them is larger than ${MOST_BYTES} bytes`);
    },
  );
  return (chunk) => requests.take(chunk);
}
