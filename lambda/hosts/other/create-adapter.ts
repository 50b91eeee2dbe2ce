import type { OtherHostConfig, OtherHostConfigs, OtherKind } from '../../../lib/contract';
import { costOf } from '../../../lib/catalog/others/other-prices';
import type { BodyFields, Host } from '../../engine/host';
import { createAzureOpenaiHost } from '../azure-openai/azure-openai-host';
import { createBedrockModelsHost } from '../bedrock-models/bedrock-models-host';
import { HOST_ERRORS } from '../errors/every-error';
import type { HostDeps } from '../host-deps';
import type { KeyStore } from '../key-store';
import { createMessagesHost } from '../messages/messages-host';
import { createOpenaiHost } from '../openai/openai-host';
import { createVertexGeminiHost } from '../vertex-gemini/vertex-gemini-host';

// One chunk: each more would divide what starts into smaller ones.
export { ownCall } from './own-call';

/** What of a host of other models its kind brings. */
export interface OtherHost extends Pick<Host, 'open' | 'refreshCredential'> {
  /** What of a request would be lost there, as a word for the trace; undefined where it can be asked. */
  lost(body: BodyFields, model: string): string | undefined;
}
export interface OtherAdapter extends OtherHost, Required<Pick<Host, 'errors' | 'cost'>> {}

type Create<Config> = (config: Config, deps: HostDeps, keys: KeyStore) => OtherHost;

const KINDS: { readonly [Kind in OtherKind]: Create<OtherHostConfigs[Kind]> } = {
  messages: createMessagesHost,
  openai: createOpenaiHost,
  'azure-openai': createAzureOpenaiHost,
  'vertex-gemini': createVertexGeminiHost,
  'bedrock-models': createBedrockModelsHost,
};

export function createAdapter(config: OtherHostConfig, deps: HostDeps, keys: KeyStore): OtherAdapter {
  const create = KINDS[config.kind] as unknown as Create<OtherHostConfig>;
  return {
    ...create(config, deps, keys),
    errors: HOST_ERRORS,
    cost: (model, usage) => costOf(model, usage, config),
  };
}
