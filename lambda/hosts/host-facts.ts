import type { HostConfig, HostKind } from '../../lib/contract';
import { lacks, schemaKind, type HostVariant, type SchemaKind } from '../wire/anthropic/request/features';
import type { Host } from '../engine/host';
import type { HostDeps } from './host-deps';

const MB = 1024 * 1024;

/** Documented for Anthropic, Bedrock and Vertex; the others are taken to have Anthropic's. */
const MAX_BODY_BYTES: Readonly<Record<HostKind, number>> = {
  anthropic: 32 * MB,
  'claude-platform-aws': 32 * MB,
  foundry: 32 * MB,
  vertex: 30 * MB,
  bedrock: 20 * MB,
};

/** What is known of a host without loading its adapter. */
export interface HostFacts extends Omit<Host, 'open' | 'forward' | 'refreshCredential'> {
  schemaKind(model: string): SchemaKind;
}

export function hostFacts(config: HostConfig, deps: HostDeps, keys: readonly string[] = []): HostFacts {
  const onAzure = config.kind === 'foundry' && config.hosting === 'azure';
  const geo = geography(config);
  const variant = (model: string): HostVariant => ({
    onAzure,
    legacyModel: !deps.models.find(model)?.bedrockMessages,
    ...(geo !== undefined && { geo }),
  });
  return {
    name: config.name,
    kind: config.kind,
    schema: config.kind === 'bedrock' || config.kind === 'vertex' || onAzure ? 'lagging' : 'anthropic',
    maxBodyBytes: MAX_BODY_BYTES[config.kind],
    keys,
    modelId: (model) => deps.models.on(model, config),
    lacks: (feature, model) => lacks(config.kind, feature, variant(model)),
    schemaKind: (model) => schemaKind(config.kind, variant(model)),
  };
}

/** Where inference is kept; undefined where it may run anywhere. */
function geography(config: HostConfig): string | undefined {
  if (config.kind === 'bedrock') return config.profile === 'global' ? undefined : config.profile;
  if (config.kind !== 'vertex') return undefined;
  // `us`, `us-east5`, `eu`, `europe-west1`.
  return /^(?:us|eu)/.exec(config.location)?.[0];
}
