import type { RequestHead } from '../engine/gateway';

export const CHAT_PATH = '/v1/chat/completions';
export const RESPONSES_PATH = '/v1/responses';

/** The paths of OpenAI's that end in a Message, and what they are called in the log. */
export const OPENAI_ENDPOINTS: Readonly<Record<string, string>> = {
  [CHAT_PATH]: 'chat_completions',
  [RESPONSES_PATH]: 'responses',
};

/** Whether the client expects OpenAI's wire. Both have a list of models at one path. */
export function speaksOpenAi({ path, headers }: RequestHead): boolean {
  if (/\/chat\/completions$|\/responses(\/|$)/.test(path)) return true;
  return path.startsWith('/v1/models') && !headers['anthropic-version'] && /openai/i.test(headers['user-agent'] ?? '');
}
