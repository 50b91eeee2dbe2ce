import type { FoundryHostConfig } from '../../../lib/contract';
import type { Host } from '../../engine/host';
import { createKeyStore } from '../key-store';
import { abortable } from '../transport/abortable';
import { firstPartyBytes, firstPartyHeaders, PATHS } from '../first-party-request';
import { fitRequest } from '../fitted-request';
import type { HostDeps } from '../host-deps';
import { hostFacts } from '../host-facts';
import { foundryFacts } from './facts';

/** Microsoft Foundry: Anthropic's wire, with the deployment's name as the model. */
export function createFoundryHost(config: FoundryHostConfig, deps: HostDeps): Host {
  const keys = createKeyStore(config.name, config.keys, deps.env);
  const kind = foundryFacts(config);
  const facts = hostFacts(config, deps, () => kind, keys.ids);
  const origin = deps.transport.origin(config.endpoint ?? `https://${config.resource}.services.ai.azure.com`);
  return {
    ...facts,
    refreshCredential: (key) => keys.refresh(key),
    open: async (call, signal) => {
      const { fields, betas, dropped } = fitRequest(call, kind);
      const { 'anthropic-beta': _, ...headers } = firstPartyHeaders(call.headers);
      if (betas.length > 0) headers['anthropic-beta'] = betas.join(',');
      const key = keys.read(call.key);
      headers['x-api-key'] = typeof key === 'string' ? key : await abortable(key, signal, 'reading the key');
      // The client's own bytes as long as nothing has to be left out of them.
      const bytes = fields === call.body ? call.bytes : Buffer.from(JSON.stringify(fields));
      const body = firstPartyBytes({ ...call, bytes }, facts.modelId(call.model) ?? call.model);
      const path = `/anthropic${PATHS[call.endpoint]}`;
      return { ...(await origin.send({ method: 'POST', path, headers, body }, signal)), dropped };
    },
  };
}
