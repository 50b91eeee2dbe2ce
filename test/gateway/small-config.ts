import { ConfigError, parseConfig } from '../../lambda/gateway/config/config';

export function problems(json: string): readonly string[] {
  try {
    parseConfig(json);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

export const anthropic = { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'ANTHROPIC_API_KEY' }] };
export const bedrock = { name: 'bedrock', kind: 'bedrock', region: 'us-east-1', profile: 'us' };
export const route = { chain: ['anthropic', 'bedrock'] };
/** A right configuration with some parts replaced; deliberately untyped, as JSON is. */
export const small = (parts: Record<string, unknown> = {}): string =>
  JSON.stringify({ hosts: [anthropic, bedrock], models: ['claude-opus-5-5'], routes: [route], ...parts });
