import type { PricedHostOptions } from '../host-options';

/** Models of other makers on Amazon Bedrock, each by its id or by that of a system profile, such as `us.meta.llama…`. */
export interface BedrockModelHostProps extends PricedHostOptions {
  /**
   * Where requests are sent, and whose quota they draw on.
   * @default - the stack's region
   */
  readonly region?: string;
  /**
   * Base URL instead of the region's public one, for instance a VPC endpoint, with the path `/openai/v1`.
   * @default - the region's OpenAI door
   */
  readonly endpoint?: string;
}
