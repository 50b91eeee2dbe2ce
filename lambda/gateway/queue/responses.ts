import { ASYNC_PATH } from '../../../lib/contract/queue/queue';
import type { GatewayResponse } from '../../engine/gateway';
import type { Headers } from '../../engine/headers';
import { json } from '../json-response';
import { ownUrl } from '../own-url';
import type { LateAnswer, RequestHead } from './record';

const NEXT_LOOK_S = [2, 60] as const;

/** 202, to who has asked and to who looks too early. */
export function waiting(
  id: string,
  { acceptedAt, deadline }: RequestHead,
  { headers, requestId, now }: { readonly headers: Headers; readonly requestId: string; readonly now: number },
): GatewayResponse {
  const url = `${ownUrl(headers) ?? ''}${ASYNC_PATH}${id}`;
  const [soonest, latest] = NEXT_LOOK_S;
  const response = json(
    202,
    {
      type: 'async_request',
      id,
      status: 'waiting',
      created_at: new Date(acceptedAt).toISOString(),
      deadline: new Date(deadline).toISOString(),
      url,
    },
    requestId,
  );
  // What has waited long is not looked for every moment.
  const nextLook = Math.min(Math.max(Math.round((now - acceptedAt) / 4000), soonest), latest);
  return { ...response, headers: { ...response.headers, location: url, 'retry-after': String(nextLook) } };
}

/** An answer of the gateway's own, where no host has given one in time. */
export function expired(id: string, { acceptedAt, deadline }: RequestHead): GatewayResponse {
  const hours = ((deadline - acceptedAt) / 3_600_000).toPrecision(2);
  const message = `no host had an answer within the ${hours} hours that this request could wait`;
  return json(504, { type: 'error', error: { type: 'timeout_error', message }, request_id: id }, id);
}

/** As it came. An SDK does not ask again for an error that stays. */
export const late = ({ head: { status, headers }, body }: LateAnswer): GatewayResponse => ({
  status,
  headers: status < 400 ? headers : { ...headers, 'x-should-retry': 'false' },
  body,
});
