import { ENV, type RouterConfig } from '../../../lib/contract';
import { errorText } from '../../runtime/error-text';
import type { Env } from '../../runtime/require-env';
import { CLAUDE_CONFIG } from './kinds/claude-config';
import { ConfigError, readConfig } from './read-config';

/** From the environment, or from the object or the parameter it names. */
export async function loadConfig(env: Env): Promise<RouterConfig> {
  const object = env[ENV.CONFIG_OBJECT];
  if (object) return parse(await fromObject(object, env));
  const parameter = env[ENV.CONFIG_PARAMETER];
  if (parameter) return parse(await fromParameter(parameter, env));
  const json = env[ENV.CONFIG];
  if (json !== undefined && json.trim() !== '') return parse(json);
  throw new ConfigError([
    `the environment variable ${ENV.CONFIG} is ${json === undefined ? 'not set' : 'empty'}; ` +
      'set it to the JSON described in docs/configuration.md',
  ]);
}

async function fromObject(place: string, env: Env): Promise<string> {
  try {
    const { readConfigObject } = await import('./config-object');
    return await readConfigObject(place, env);
  } catch (error) {
    throw new ConfigError([
      `the S3 object ${place}, named by ${ENV.CONFIG_OBJECT}, or its values cannot be read: ${errorText(error)}; both must exist ` +
        'in the region of the router, whose role needs s3:GetObject and ssm:GetParameter for them',
    ]);
  }
}

async function fromParameter(name: string, env: Env): Promise<string> {
  try {
    const { readParameter } = await import('../../aws/parameters');
    return await readParameter(name, env);
  } catch (error) {
    throw new ConfigError([
      `the SSM parameter ${name}, named by ${ENV.CONFIG_PARAMETER}, cannot be read: ${errorText(error)}; ` +
        'it must exist in the region of the router, whose role needs ssm:GetParameter for it',
    ]);
  }
}

/** What is not as most are, by whatever it goes beyond them or is wrong, is read by all that there may be. */
async function parse(json: string): Promise<RouterConfig> {
  try {
    return readConfig(json, CLAUDE_CONFIG);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { EVERY_CONFIG } = await import('./kinds/every-config');
    return readConfig(json, EVERY_CONFIG);
  }
}
