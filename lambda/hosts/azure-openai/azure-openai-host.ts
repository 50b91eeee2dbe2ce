import type { AzureOpenaiHostConfig } from '../../../lib/contract';
import type { Headers } from '../../engine/headers';
import { createChatHost } from '../chat/chat-host';
import { openaiTraits } from '../chat/traits';
import type { HostDeps } from '../host-deps';
import type { KeyStore } from '../key-store';
import type { OtherHost } from '../other/create-adapter';
import { createTokenSource } from '../token/token-source';
import { abortable } from '../transport/abortable';
import { fetchEntraToken } from './entra-token';

/** Azure OpenAI's v1 API, by a key or by an application of Microsoft Entra. */
export function createAzureOpenaiHost(config: AzureOpenaiHostConfig, deps: HostDeps, keys: KeyStore): OtherHost {
  const { entra, resource } = config;
  const token = entra && createTokenSource(() => fetchEntraToken(config.name, entra, deps), deps.clock);
  return createChatHost(config, deps, {
    baseUrl: `https://${resource}.openai.azure.com/openai/v1`,
    traits: openaiTraits,
    refreshCredential: (key) => token?.refresh() ?? keys.refresh(key),
    authorized: async (request, key, signal) => {
      const value = await abortable(Promise.resolve(token?.read() ?? keys.read(key)), signal, 'reading the credential');
      const credential: Headers = token ? { authorization: `Bearer ${value}` } : { 'api-key': value };
      return { ...request, headers: { ...request.headers, ...credential } };
    },
  });
}
