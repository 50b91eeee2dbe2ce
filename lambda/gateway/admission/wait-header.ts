import { WAIT_HEADER } from '../../../lib/contract';
import type { Headers } from '../../engine/headers';
import { GatewayError } from '../gateway-error';

/** Longer than any deadline: what is above has been meant in milliseconds. */
const MOST_SECONDS = 840;

/** For how long a request would rather wait than be refused, in milliseconds. Throws a `GatewayError`. */
export function askedWait(headers: Headers): number {
  const text = headers[WAIT_HEADER]?.trim();
  if (text === undefined) return 0;
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (seconds <= MOST_SECONDS) return seconds * 1000;
  throw new GatewayError(400, `${WAIT_HEADER}: '${text.slice(0, 40)}' is not seconds, from 0 to ${MOST_SECONDS}`);
}
