import { anthropicKind, type AnthropicHostConfig } from './anthropic';
import { bedrockKind, type BedrockHostConfig } from './bedrock';
import { claudePlatformAwsKind, type ClaudePlatformAwsHostConfig } from './claude-platform-aws';
import { foundryKind, type FoundryHostConfig } from './foundry';
import type { KindFacts } from './kind-facts';
import { vertexKind, type VertexHostConfig } from './vertex';

/** Every kind of host there is, by its stored configuration. All else that is said of kinds derives from this. */
export interface HostConfigs {
  readonly anthropic: AnthropicHostConfig;
  readonly bedrock: BedrockHostConfig;
  readonly vertex: VertexHostConfig;
  readonly foundry: FoundryHostConfig;
  readonly 'claude-platform-aws': ClaudePlatformAwsHostConfig;
}
export type HostKind = keyof HostConfigs;
export type HostConfig = HostConfigs[HostKind];

export const KIND_FACTS: { readonly [Kind in HostKind]: KindFacts<HostConfigs[Kind]> } = {
  anthropic: anthropicKind,
  bedrock: bedrockKind,
  vertex: vertexKind,
  foundry: foundryKind,
  'claude-platform-aws': claudePlatformAwsKind,
};
export const HOST_KINDS = /* @__PURE__ */ Object.keys(KIND_FACTS) as readonly HostKind[];

/** Of the kind that the host is. */
export const kindOf = <Config extends HostConfig>(config: Config): KindFacts<Config> =>
  KIND_FACTS[config.kind] as unknown as KindFacts<Config>;

export type * from './anthropic';
export * from './bedrock';
export type * from './claude-platform-aws';
export * from './foundry';
export type * from './host-config';
export type * from './kind-facts';
export * from './vertex';
