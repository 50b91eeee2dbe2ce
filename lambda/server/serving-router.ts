import type { RouterConfig } from '../../lib/contract';
import { createRouter, type Router } from '../gateway/create-router';
import { Transport } from '../hosts/transport/transport';
import { UndiciClient } from '../hosts/transport/undici-client';

/** The router of a process that serves many requests: it has time to load what makes each of them cheaper. */
export function createServingRouter(config: RouterConfig, env: Readonly<Record<string, string | undefined>>): Router {
  return createRouter(config, env, { servesMany: true, transport: new Transport(new UndiciClient()) });
}
