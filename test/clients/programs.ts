import { join } from 'node:path';
import type { Tools } from './install';

export type Door = 'anthropic' | 'openai';

/** A library, and the program that uses it. */
export interface Program {
  readonly library: string;
  readonly door: Door;
  command(tools: Tools): readonly [string, ...string[]];
  /** The library's own classes for what goes wrong. */
  readonly errors: Readonly<Record<Failing, string>>;
  /** It gives the model that was asked for the one that has answered, in a stream. */
  readonly hidesModel?: boolean;
}

/** Ways to fail. `broken`: a stream after its first content. */
export type Failing = 400 | 401 | 529 | 'broken';

export const PYTHON = join(__dirname, 'python/main.py');
const JAVASCRIPT = join(__dirname, 'javascript/main.mjs');
const python = (module: string) => (tools: Tools) => [tools.python, PYTHON, module] as const;
const javascript = (module: string) => () => [process.execPath, JAVASCRIPT, module] as const;

/** In the order of `Failing`. */
const classes = (wrong: string, stranger: string, busy: string, broken: string): Program['errors'] => ({
  400: wrong,
  401: stranger,
  529: busy,
  broken,
});
const GO = '*apierror.Error';
const VERCEL = classes('AI_APICallError', 'AI_APICallError', 'AI_APICallError', 'AI_StreamProviderError');

export const PROGRAMS: readonly Program[] = [
  {
    library: 'anthropic (Python)',
    door: 'anthropic',
    command: python('anthropic_sdk'),
    errors: classes('BadRequestError', 'AuthenticationError', 'OverloadedError', 'APIStatusError'),
  },
  {
    library: '@anthropic-ai/sdk',
    door: 'anthropic',
    command: javascript('anthropic-sdk'),
    errors: classes('BadRequestError', 'AuthenticationError', 'OverloadedError', 'APIError'),
  },
  {
    library: 'anthropic-sdk-go',
    door: 'anthropic',
    command: ({ goClient }) => [goClient],
    errors: classes(GO, GO, GO, GO),
  },
  { library: '@ai-sdk/anthropic', door: 'anthropic', command: javascript('ai-sdk-anthropic'), errors: VERCEL },
  {
    library: 'langchain-anthropic',
    door: 'anthropic',
    command: python('langchain_anthropic_sdk'),
    errors: classes(
      'AnthropicInvalidRequestError',
      'AnthropicAuthenticationError',
      'AnthropicOverloadedError',
      'APIStatusError',
    ),
  },
  {
    library: 'openai (Python)',
    door: 'openai',
    command: python('openai_sdk'),
    errors: classes('BadRequestError', 'AuthenticationError', 'InternalServerError', 'APIError'),
  },
  {
    library: 'openai (JavaScript)',
    door: 'openai',
    command: javascript('openai-sdk'),
    errors: classes('BadRequestError', 'AuthenticationError', 'InternalServerError', 'APIError'),
  },
  {
    library: '@ai-sdk/openai-compatible',
    door: 'openai',
    command: javascript('ai-sdk-openai-compatible'),
    errors: VERCEL,
  },
  {
    library: 'langchain-openai',
    door: 'openai',
    command: python('langchain_openai_sdk'),
    errors: classes('OpenAIInvalidRequestError', 'OpenAIAuthenticationError', 'OpenAIAPIError', 'APIError'),
  },
  {
    library: 'litellm',
    door: 'openai',
    command: python('litellm_sdk'),
    errors: classes('BadRequestError', 'AuthenticationError', 'APIError', 'MidStreamFallbackError'),
    hidesModel: true,
  },
];
