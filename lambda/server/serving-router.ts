import type { RouterConfig } from '../../lib/contract';
import { ConfigError } from '../gateway/config/read-config';
import { createRouter, type Router } from '../gateway/create-router';
import { Transport } from '../hosts/transport/transport';
import { UndiciClient } from '../hosts/transport/undici-client';

const NO_QUEUE =
  'queue: requests wait in SQS and S3, and are answered by the worker of a stack in AWS; set AWS_REGION to the region of that ' +
  'stack, or take the queue out';

/** The router of a process that serves many requests: it has time to load what makes each of them cheaper. Throws a `ConfigError`. */
export function createServingRouter(config: RouterConfig, env: Readonly<Record<string, string | undefined>>): Router {
  if (config.queue !== undefined && !env['AWS_REGION']) throw new ConfigError([NO_QUEUE]);
  return createRouter(config, env, { servesMany: true, transport: new Transport(new UndiciClient()) });
}
