import type { VertexGeminiHostConfig } from '../../../lib/contract';
import type { ChatDialectTraits } from '../../wire/openai/to-chat-request';
import { createChatHost } from '../chat/chat-host';
import { PLAIN_CHAT } from '../chat/traits';
import type { HostDeps } from '../host-deps';
import type { OtherHost } from '../other/create-adapter';
import { createTokenSource } from '../token/token-source';
import { abortable } from '../transport/abortable';
import { publicAddress } from '../vertex/public-address';

const GEMINI: ChatDialectTraits = {
  ...PLAIN_CHAT,
  takes: {
    ...PLAIN_CHAT.takes,
    // Of those that Google documents for this door, and this one has no part for a PDF.
    reasoningEffort: ['low', 'medium', 'high'],
    parallelToolCalls: false,
    userField: undefined,
    thoughtSignatures: true,
  },
};

/** Gemini through Vertex AI's OpenAI door. */
export function createVertexGeminiHost(config: VertexGeminiHostConfig, deps: HostDeps): OtherHost {
  const { project, location } = config;
  const token = createTokenSource(async () => {
    const { fetchGoogleToken } = await import('../vertex/fetch-google-token');
    return fetchGoogleToken(config, deps);
  }, deps.clock);
  return createChatHost(config, deps, {
    baseUrl: `${publicAddress(location)}/v1/projects/${project}/locations/${location}/endpoints/openapi`,
    traits: () => GEMINI,
    refreshCredential: () => token.refresh(),
    authorized: async (request, _key, signal) => {
      const value = await abortable(token.read(), signal, 'fetching a Google token');
      return { ...request, headers: { ...request.headers, authorization: `Bearer ${value}` } };
    },
  });
}
