import type { HostBase } from './host-config';
import { anthropicId, type ClaudeKindFacts } from './kind-facts';

/** In Anthropic's failure domain: not an independent fallback for the `anthropic` host. */
export interface ClaudePlatformAwsHostConfig extends HostBase {
  readonly kind: 'claude-platform-aws';
  readonly region: string;
  readonly workspaceId: string;
}

export const claudePlatformAwsKind: ClaudeKindFacts<ClaudePlatformAwsHostConfig> = {
  modelId: 'id on Claude Platform on AWS',
  claudeId: anthropicId,
  isFirstParty: true,
};
