import type { Headers } from '../../engine/headers';
import { GatewayError } from '../gateway-error';

/** A client that waits longer than this had better not try again by itself. */
const WORTH_A_RETRY_MS = 60_000;

/** Why a request cannot go yet, and for how long at the least. */
export interface Full {
  readonly why: string;
  readonly waitMs: number;
}

export function refused(why: string, waitMs: number, headers: Headers): GatewayError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new GatewayError(429, `${why}; try again in ${seconds} s`, {
    ...headers,
    'retry-after': String(seconds),
    'x-should-retry': String(waitMs <= WORTH_A_RETRY_MS),
  });
}
