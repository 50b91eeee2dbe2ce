import { anthropicKind, type AnthropicHostConfig } from './anthropic';
import { azureOpenaiKind, type AzureOpenaiHostConfig } from './azure-openai';
import { bedrockModelsKind, type BedrockModelsHostConfig } from './bedrock-models';
import { bedrockKind, type BedrockHostConfig } from './bedrock';
import { claudePlatformAwsKind, type ClaudePlatformAwsHostConfig } from './claude-platform-aws';
import { foundryKind, type FoundryHostConfig } from './foundry';
import type { ClaudeKindFacts, KindFacts } from './kind-facts';
import { messagesKind, type MessagesHostConfig } from './messages';
import { openaiKind, type OpenaiHostConfig } from './openai';
import { vertexGeminiKind, type VertexGeminiHostConfig } from './vertex-gemini';
import { vertexKind, type VertexHostConfig } from './vertex';

/** Kinds of host that serve Claude's models, by their stored configuration. */
export interface ClaudeHostConfigs {
  readonly anthropic: AnthropicHostConfig;
  readonly bedrock: BedrockHostConfig;
  readonly vertex: VertexHostConfig;
  readonly foundry: FoundryHostConfig;
  readonly 'claude-platform-aws': ClaudePlatformAwsHostConfig;
}
export type ClaudeKind = keyof ClaudeHostConfigs;
export type ClaudeHostConfig = ClaudeHostConfigs[ClaudeKind];

/** Kinds that serve whatever other models their owner names. */
export interface OtherHostConfigs {
  readonly messages: MessagesHostConfig;
  readonly openai: OpenaiHostConfig;
  readonly 'azure-openai': AzureOpenaiHostConfig;
  readonly 'vertex-gemini': VertexGeminiHostConfig;
  readonly 'bedrock-models': BedrockModelsHostConfig;
}
export type OtherKind = keyof OtherHostConfigs;
export type OtherHostConfig = OtherHostConfigs[OtherKind];

/** Every kind of host there is. All else that is said of kinds derives from this. */
export interface HostConfigs extends ClaudeHostConfigs, OtherHostConfigs {}
export type HostKind = keyof HostConfigs;
export type HostConfig = HostConfigs[HostKind];

export const CLAUDE_KIND_FACTS: { readonly [Kind in ClaudeKind]: ClaudeKindFacts<ClaudeHostConfigs[Kind]> } = {
  anthropic: anthropicKind,
  bedrock: bedrockKind,
  vertex: vertexKind,
  foundry: foundryKind,
  'claude-platform-aws': claudePlatformAwsKind,
};
export const CLAUDE_KINDS = /* @__PURE__ */ Object.keys(CLAUDE_KIND_FACTS) as readonly ClaudeKind[];

export const isClaudeHost = (host: HostConfig): host is ClaudeHostConfig => Object.hasOwn(CLAUDE_KIND_FACTS, host.kind);

export const KIND_FACTS: { readonly [Kind in HostKind]: KindFacts<HostConfigs[Kind]> } = {
  ...CLAUDE_KIND_FACTS,
  messages: messagesKind,
  openai: openaiKind,
  'azure-openai': azureOpenaiKind,
  'vertex-gemini': vertexGeminiKind,
  'bedrock-models': bedrockModelsKind,
};
export const HOST_KINDS = /* @__PURE__ */ Object.keys(KIND_FACTS) as readonly HostKind[];

/** Of the kind that the host is. */
export const kindOf = <Config extends HostConfig>(config: Config): KindFacts<Config> =>
  KIND_FACTS[config.kind] as unknown as KindFacts<Config>;

export type * from './anthropic';
export type * from './azure-openai';
export type * from './bedrock-models';
export * from './bedrock';
export type * from './claude-platform-aws';
export * from './foundry';
export type * from './host-config';
export * from './key-sources';
export type * from './kind-facts';
export * from './messages';
export type * from './openai';
export * from './vertex';
export type * from './vertex-gemini';
