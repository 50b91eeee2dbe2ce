/** Vercel's AI SDK with its provider of Anthropic. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { converse } from './ai-sdk.mjs';
import { versionOf } from './outcome.mjs';

export const version = versionOf('@ai-sdk/anthropic');

export function ask(question) {
  const provider = createAnthropic({ baseURL: `${question.url}/v1`, apiKey: question.key });
  return converse(provider(question.model), question);
}
