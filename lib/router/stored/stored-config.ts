import { Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { ENV, type RouterConfig } from '../../contract';
import { ValidationError } from '../../validation-error';
import { storeObject } from './config-object';
import { PARAMETER_BYTES, storeParameter, filledBytes } from './config-parameter';

/** A Lambda function's variables are 4096 bytes in all; the others of the router, and one or two of the user's, take the rest. */
const ENVIRONMENT_BYTES = 3_400;
/** A thousand clients with the longest names and every right there is; more would be felt at each start of the function. */
const OBJECT_BYTES = 400_000;

/**
 * `taken`: bytes of the environment that further variables need. Puts the configuration into the function's environment, or where that has
 * no room, into a parameter that is read once, and beyond its size into an object.
 */
export function storeConfig(
  scope: Construct,
  fn: lambda.Function,
  config: RouterConfig,
  { taken = 0 }: { readonly taken?: number } = {},
): void {
  const bytes = filledBytes(config);
  if (bytes <= ENVIRONMENT_BYTES - taken) {
    fn.addEnvironment(ENV.CONFIG, Stack.of(scope).toJsonString(config));
  } else if (bytes <= PARAMETER_BYTES) {
    fn.addEnvironment(ENV.CONFIG_PARAMETER, storeParameter(scope, fn, config).parameterName);
  } else if (bytes <= OBJECT_BYTES) {
    storeObject(scope, fn, config);
  } else {
    const { hosts, routes, clients = [] } = config;
    throw new ValidationError(
      scope,
      `the router's configuration takes about ${bytes} bytes, with ${hosts.length} hosts, ${routes.length} routes and ${clients.length} ` +
        `clients; at most ${OBJECT_BYTES} are read at a start, which is room for about 1,000 clients. Use fewer, or divide them among ` +
        'several routers',
    );
  }
}
