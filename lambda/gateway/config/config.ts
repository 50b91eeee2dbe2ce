import type { RouterConfig } from '../../../lib/contract';
import { EVERY_CONFIG } from './kinds/every-config';
import { readConfig } from './read-config';

export { ConfigError } from './read-config';

/** Throws a `ConfigError`. */
export const parseConfig = (json: string): RouterConfig => readConfig(json, EVERY_CONFIG);
