import type { HostBase } from './host-config';
import { anthropicId, type ClaudeKindFacts } from './kind-facts';

export const BEDROCK_PROFILES = ['global', 'us', 'eu', 'jp', 'au', 'apac', 'us-gov'] as const;
export type BedrockProfile = (typeof BEDROCK_PROFILES)[number];

export interface BedrockHostConfig extends HostBase {
  readonly kind: 'bedrock';
  readonly region: string;
  /** Cross-region inference profile prefix. Application profiles go into `models`, by ARN. @default 'global' */
  readonly profile?: BedrockProfile;
  /**
   * Ids for single clients, in place of `models`: by the client's name, then by model. With an application profile a client,
   * Bedrock's bill is told apart by client.
   * @default - the same ids for every client
   */
  readonly clientModels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * `messages`: bedrock-runtime's native Messages door; `invoke`: InvokeModel.
   * @default 'auto' - `messages` for the models that have it, else `invoke`
   */
  readonly door?: 'auto' | 'messages' | 'invoke';
}

/** Ids stand without the profile in the model table. */
export const bedrockKind: ClaudeKindFacts<BedrockHostConfig> = {
  modelId: 'base id on Bedrock, without profile prefix',
  claudeId: (model) => `anthropic.${anthropicId(model)}${model.date === undefined ? '' : '-v1:0'}`,
  keepsRetired: true,
  requestId: ({ profile = 'global' }, id) => `${profile}.${id}`,
  isRegional: ({ profile = 'global' }) => profile !== 'global',
  hasServiceQuotas: true,
};
