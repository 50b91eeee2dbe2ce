import type { OpenaiHostConfig } from '../../../lib/contract';
import { createChatHost } from '../chat/chat-host';
import { traitsOfServer } from '../chat/traits';
import type { HostDeps } from '../host-deps';
import type { KeyStore } from '../key-store';
import type { OtherHost } from '../other/create-adapter';
import { abortable } from '../transport/abortable';

/** api.openai.com, or a server that speaks as it does. */
export function createOpenaiHost(config: OpenaiHostConfig, deps: HostDeps, keys: KeyStore): OtherHost {
  return createChatHost(config, deps, {
    baseUrl: 'https://api.openai.com/v1',
    traits: traitsOfServer(config.endpoint),
    refreshCredential: (key) => keys.refresh(key),
    authorized: async (request, key, signal) => {
      if (keys.ids.length === 0) return request;
      const value = await abortable(Promise.resolve(keys.read(key)), signal, 'reading the key');
      return { ...request, headers: { ...request.headers, authorization: `Bearer ${value}` } };
    },
  });
}
