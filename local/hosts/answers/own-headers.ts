import { randomUUID } from 'node:crypto';
import type { HostKind } from '../../../lib/contract';

type OwnHeaders = (requestId: string) => Readonly<Record<string, string>>;

const firstParty: OwnHeaders = (id) => ({
  'request-id': id,
  'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
  'anthropic-ratelimit-requests-limit': '4000',
  'anthropic-ratelimit-requests-remaining': '3999',
  'anthropic-ratelimit-requests-reset': '2030-01-01T00:00:00Z',
  'anthropic-ratelimit-input-tokens-limit': '2000000',
  'anthropic-ratelimit-input-tokens-remaining': '1999000',
  'anthropic-ratelimit-input-tokens-reset': '2030-01-01T00:00:00Z',
  'anthropic-ratelimit-output-tokens-limit': '400000',
  'anthropic-ratelimit-output-tokens-remaining': '399000',
  'anthropic-ratelimit-output-tokens-reset': '2030-01-01T00:00:00Z',
});

/** The headers each kind of host puts on every answer. */
export const OWN_HEADERS: Readonly<Record<HostKind, OwnHeaders>> = {
  anthropic: firstParty,
  'claude-platform-aws': firstParty,
  foundry: (id) => ({ 'request-id': id, 'apim-request-id': randomUUID() }),
  bedrock: () => ({ 'x-amzn-requestid': randomUUID() }),
  vertex: (id) => ({ 'request-id': id }),
  messages: (id) => ({ 'request-id': id }),
  openai: (id) => ({
    'x-request-id': id,
    'x-ratelimit-remaining-requests': '4999',
    'x-ratelimit-reset-requests': '12ms',
  }),
  'azure-openai': (id) => ({ 'apim-request-id': id }),
  'vertex-gemini': (id) => ({ 'x-request-id': id }),
  'bedrock-models': () => ({ 'x-amzn-requestid': randomUUID() }),
};
