import type { HostBase, KeySource } from './host-config';
import { anthropicId, type ClaudeKindFacts } from './kind-facts';

export interface AnthropicHostConfig extends HostBase {
  readonly kind: 'anthropic';
  /** Rotated on 429 and on 401, 402, 403, before the next host. */
  readonly keys: readonly KeySource[];
}

export const anthropicKind: ClaudeKindFacts<AnthropicHostConfig> = {
  modelId: 'id on api.anthropic.com',
  claudeId: anthropicId,
  isFirstParty: true,
};
