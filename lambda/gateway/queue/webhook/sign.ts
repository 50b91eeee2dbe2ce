import { createHmac } from 'node:crypto';
import type { Headers } from '../../../engine/headers';

const PREFIX = 'whsec_';

/** Headers of Standard Webhooks: `secret` is base64 behind `whsec_`, `at` is milliseconds since the epoch. */
export function signed(secret: string, id: string, at: number, body: string): Headers {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
