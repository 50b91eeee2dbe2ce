import type { HostOptions } from '../host-options';
import type { IProviderKey } from '../provider-key';

/** Who runs a Foundry deployment. */
export enum FoundryHosting {
  /** Anthropic: every feature, and Anthropic's failure domain. */
  ANTHROPIC = 'anthropic',
  /** Azure: no server tools and no structured outputs. */
  AZURE = 'azure',
}

/** Microsoft Foundry. */
export interface FoundryHostProps extends HostOptions {
  /** Name of the Foundry resource: the first part of `<resource>.services.ai.azure.com`. */
  readonly resource: string;
  /** Its keys. */
  readonly keys: IProviderKey[];
  /** @default FoundryHosting.ANTHROPIC */
  readonly hosting?: FoundryHosting;
}
