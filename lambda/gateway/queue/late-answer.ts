import type { QueueConfig } from '../../../lib/contract';
import { readAll } from '../../engine/bytes';
import type { GatewayResponse } from '../../engine/gateway';
import type { LateAnswer, RequestHead } from './record';

/** A response as it is kept: whole. */
export async function lateAnswer(
  { status, headers, body }: GatewayResponse,
  { keepMs }: QueueConfig,
  { deadline }: RequestHead,
  now: number,
): Promise<LateAnswer> {
  return {
    head: { status, headers: { ...headers }, answeredAt: now, keptUntil: deadline + keepMs },
    body: body instanceof Uint8Array ? body : await readAll(body, Infinity),
  };
}
