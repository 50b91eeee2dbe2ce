import * as v from 'valibot';
import { ENV, type RouterConfig } from '../../../lib/contract';
import { errorText } from '../../runtime/error-text';
import type { Env } from '../../runtime/require-env';
import { configProblems } from './config-checks';
import { issueLines } from './config-issues';
import { routerConfigSchema } from './config-schema';

/** The message lists every problem, one a line, and repeats no value that may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The router's configuration has ${problems.length} problem(s):\n${problems.join('\n')}`);
  }
}

export function parseConfig(json: string): RouterConfig {
  const result = v.safeParse(routerConfigSchema, parseJson(json), { abortPipeEarly: true });
  if (!result.success) throw new ConfigError(issueLines(result.issues));
  const problems = configProblems(result.output);
  if (problems.length > 0) throw new ConfigError(problems);
  return result.output;
}

/** Only the position is taken from the parser's message: the rest of it quotes the text, which may hold a secret. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const place = /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0];
    throw new ConfigError([`not valid JSON${place ? ` ${place}` : ''}; check quotes, commas and brackets`]);
  }
}

/** From the environment, or from the object or the parameter it names. */
export async function loadConfig(env: Env): Promise<RouterConfig> {
  const object = env[ENV.CONFIG_OBJECT];
  if (object) return parseConfig(await fromObject(object, env));
  const parameter = env[ENV.CONFIG_PARAMETER];
  if (parameter) return parseConfig(await fromParameter(parameter, env));
  const json = env[ENV.CONFIG];
  if (json !== undefined && json.trim() !== '') return parseConfig(json);
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
