import type { AnthropicHostConfig } from '../../../lib/contract';
import type { Host } from '../../engine/host';
import { createKeyStore } from '../key-store';
import { abortable } from '../transport/abortable';
import { firstPartyBytes, firstPartyHeaders, PATHS } from '../first-party-request';
import type { HostDeps } from '../host-deps';
import { hostFacts } from '../host-facts';
import { ANTHROPIC_FACTS } from './facts';

const NOTHING: readonly string[] = [];

/** api.anthropic.com: the client's bytes, our key. */
export function createAnthropicHost(config: AnthropicHostConfig, deps: HostDeps): Host {
  // Behind an endpoint of the user's own, keys may look otherwise.
  const prefix = config.endpoint === undefined ? 'sk-ant-' : '';
  const keys = createKeyStore(config.name, config.keys, deps.env, prefix);
  const facts = hostFacts(config, deps, () => ANTHROPIC_FACTS, keys.ids);
  const origin = deps.transport.origin(config.endpoint ?? 'https://api.anthropic.com');
  const readKey = (id: string | undefined, signal: AbortSignal): string | Promise<string> => {
    const key = keys.read(id);
    return typeof key === 'string' ? key : abortable(key, signal, 'reading the key');
  };
  return {
    ...facts,
    refreshCredential: (key) => keys.refresh(key),
    open: async (call, signal) => {
      const headers = firstPartyHeaders(call.headers);
      headers['x-api-key'] = await readKey(call.key, signal);
      const body = firstPartyBytes(call, facts.modelId(call.model) ?? call.model);
      const answer = await origin.send({ method: 'POST', path: PATHS[call.endpoint], headers, body }, signal);
      return { ...answer, dropped: NOTHING };
    },
    forward: async (request, key, signal) => {
      const headers = firstPartyHeaders(request.headers);
      headers['x-api-key'] = await readKey(key, signal);
      const { method, body } = request;
      const answer = await origin.send({ method, path: request.path + request.query, headers, body }, signal);
      return { ...answer, dropped: NOTHING };
    },
  };
}
