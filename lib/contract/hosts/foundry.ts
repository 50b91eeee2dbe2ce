import type { HostBase, KeySource } from './host-config';
import type { ClaudeKindFacts } from './kind-facts';

export const FOUNDRY_HOSTINGS = ['anthropic', 'azure'] as const;

export interface FoundryHostConfig extends HostBase {
  readonly kind: 'foundry';
  readonly resource: string;
  readonly keys: readonly KeySource[];
  /** Azure-hosted deployments lack server tools and structured outputs. @default 'anthropic' */
  readonly hosting?: (typeof FOUNDRY_HOSTINGS)[number];
}

export const FOUNDRY_RESOURCE = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

/** Deployments are named without the day. */
export const foundryKind: ClaudeKindFacts<FoundryHostConfig> = {
  modelId: 'deployment name on Foundry',
  claudeId: ({ name }) => name,
};
