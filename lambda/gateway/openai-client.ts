import type { RequestHead } from '../engine/gateway';

export const CHAT_PATH = '/v1/chat/completions';

/** Whether the client expects OpenAI's wire. Both have a list of models at one path. */
export function speaksOpenAi({ path, headers }: RequestHead): boolean {
  if (path.endsWith('/chat/completions')) return true;
  return path.startsWith('/v1/models') && !headers['anthropic-version'] && /openai/i.test(headers['user-agent'] ?? '');
}
