/** Vercel's AI SDK with its provider of servers that speak OpenAI's wire. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { converse } from './ai-sdk.mjs';
import { versionOf } from './outcome.mjs';

export const version = versionOf('@ai-sdk/openai-compatible');

export function ask(question) {
  const provider = createOpenAICompatible({
    name: 'gateway',
    baseURL: `${question.url}/v1`,
    apiKey: question.key,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  return converse(provider(question.model), question);
}
