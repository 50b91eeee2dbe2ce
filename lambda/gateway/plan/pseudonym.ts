import { createHash } from 'node:crypto';
import { ENV, type RouterConfig, SERVICE_NAME } from '../../../lib/contract';

/** Where two routers may have one configuration. */
const PLACE = [ENV.SERVICE, 'AWS_REGION', 'AWS_LAMBDA_FUNCTION_NAME'];

/** One name for all environments of a router, and no other router's: RFC 9110 wants no address there. */
export function pseudonymOf(config: RouterConfig, env: Readonly<Record<string, string | undefined>>): string {
  const place = PLACE.map((name) => env[name]);
  const digest = createHash('sha256')
    .update(JSON.stringify([config, place]))
    .digest('hex');
  return `${SERVICE_NAME}-${digest.slice(0, 16)}`;
}
