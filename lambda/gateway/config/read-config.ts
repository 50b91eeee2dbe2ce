import * as v from 'valibot';
import type { RouterConfig } from '../../../lib/contract';
import { configProblems } from './config-checks';
import { issueLines } from './config-issues';
import type { ConfigKinds } from './kinds/config-kinds';

/** The message lists every problem, one a line, and repeats no value that may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The router's configuration has ${problems.length} problem(s):\n${problems.join('\n')}`);
  }
}

/** Throws a `ConfigError`. */
export function readConfig(json: string, kinds: ConfigKinds): RouterConfig {
  const result = v.safeParse(kinds.schema, parseJson(json), { abortPipeEarly: true });
  if (!result.success) throw new ConfigError(issueLines(result.issues));
  const problems = configProblems(result.output, kinds);
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
