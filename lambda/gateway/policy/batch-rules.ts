import { isObject, parseJson } from '../../engine/json';
import { GatewayError } from '../gateway-error';
import { BatchRequests } from './batch-requests';
import type { TeamRules } from './team-rules';

/** The largest body of a message. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Holds a policy against each request of a batch on its way through: what breaks off midway is no batch. */
export function batchRules(rules: TeamRules): (chunk: Uint8Array) => void {
  const requests = new BatchRequests(
    MOST_BYTES,
    (json) => {
      const request = parseJson(new TextDecoder().decode(json));
      const params = isObject(request) ? request['params'] : undefined;
      if (!isObject(params)) throw new GatewayError(400, 'requests.*: one of them is no JSON object with params');
      rules.checkBytes(json);
      rules.checkBatched(params);
    },
    () => {
      throw new GatewayError(413, `requests.*: one of them is larger than ${MOST_BYTES} bytes`);
    },
  );
  return (chunk) => requests.take(chunk);
}
