import { App } from 'aws-cdk-lib';
import config from '../failover.config';
import { ValidationError } from '../lib/private/validation-error';
import { checkConfig, ConfigError } from './check-config';
import { GatewayStack } from './gateway-stack';

try {
  const checked = checkConfig(config);
  new GatewayStack(new App(), checked);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ValidationError)) throw error;
  // The file has to change, not the code: a stack trace would only be in the way. At once, or the half-made app is synthesised.
  console.error(error.message);
  process.exit(1);
}
