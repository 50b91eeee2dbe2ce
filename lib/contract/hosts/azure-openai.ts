import type { OtherHostBase, KeySource } from './host-config';
import type { KindFacts } from './kind-facts';

/** An application of Microsoft Entra, with a secret of its own. */
export interface EntraCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly secret: KeySource;
  /** @default 'https://login.microsoftonline.com/{tenantId}/oauth2/v2.0/token' */
  readonly tokenUrl?: string;
}

/** Models of Azure OpenAI and Foundry, by the names of their deployments. */
export interface AzureOpenaiHostConfig extends OtherHostBase {
  readonly kind: 'azure-openai';
  readonly resource: string;
  /** Either these or `entra`. */
  readonly keys?: readonly KeySource[];
  readonly entra?: EntraCredentials;
}

export const azureOpenaiKind: KindFacts<AzureOpenaiHostConfig> = { modelId: 'deployment name on Azure OpenAI' };
