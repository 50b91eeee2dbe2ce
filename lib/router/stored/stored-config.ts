import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV, type RouterConfig } from '../../contract';
import { ValidationError } from '../../validation-error';
import { storeObject } from './config-object';
import { type ConfigReader, filledBytes, PARAMETER_BYTES, storeParameter } from './config-parameter';

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
  reader: ConfigReader,
  config: RouterConfig,
  { taken = 0 }: { readonly taken?: number } = {},
): void {
  const bytes = filledBytes(config);
  if (bytes <= ENVIRONMENT_BYTES - taken) {
    reader.addEnvironment(ENV.CONFIG, Stack.of(scope).toJsonString(config));
  } else if (bytes <= PARAMETER_BYTES) {
    reader.addEnvironment(ENV.CONFIG_PARAMETER, storeParameter(scope, reader, config).parameterName);
  } else if (bytes <= OBJECT_BYTES) {
    storeObject(scope, reader, config);
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
