import type { OtherHostOptions } from '../host-options';
import type { IProviderKey } from '../provider-key';

/** An application of Microsoft Entra that may call the models. */
export interface EntraApplication {
  /** Id of the tenant. */
  readonly tenantId: string;
  /** Id of the application. */
  readonly clientId: string;
  /** The application's secret. */
  readonly secret: IProviderKey;
}

/** Azure OpenAI, and GPT on Microsoft Foundry. Models are asked for by the names of their deployments. */
export interface AzureOpenaiHostProps extends OtherHostOptions {
  /** Name of the resource: the first part of `<resource>.openai.azure.com`. */
  readonly resource: string;
  /**
   * Base URL instead of the resource's public one, such as that of a private endpoint.
   * @default - `https://<resource>.openai.azure.com/openai/v1`
   */
  readonly endpoint?: string;
  /**
   * Its keys. Either these or `entra`.
   * @default - none: the application of `entra` asks
   */
  readonly keys?: IProviderKey[];
  /**
   * Who asks instead of a key.
   * @default - whoever has one of `keys`
   */
  readonly entra?: EntraApplication;
}
