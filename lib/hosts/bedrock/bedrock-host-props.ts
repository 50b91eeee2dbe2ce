import type { HostOptions } from '../host-options';
import type { IBedrockInferenceProfile } from './bedrock-inference-profile';
import type { BedrockProfile } from './bedrock-profile';

/** Which of Bedrock's APIs is called. */
export enum BedrockDoor {
  /** The Messages API for the models that have it, InvokeModel for the others. */
  AUTO = 'auto',
  /** Bedrock's native Messages API. */
  MESSAGES = 'messages',
  /** InvokeModel. */
  INVOKE = 'invoke',
}

/** Amazon Bedrock. */
export interface BedrockHostProps extends HostOptions {
  /**
   * Source region: where the request is sent, and whose quota it draws on.
   * @default - the stack's region
   */
  readonly region?: string;
  /**
   * Where Bedrock may run the request. It must be callable from the region.
   * @default BedrockProfile.GLOBAL
   */
  readonly profile?: BedrockProfile;
  /** @default BedrockDoor.AUTO */
  readonly door?: BedrockDoor;
  /**
   * Application profiles of this region, taken for their models instead of AWS's own.
   * @default - AWS's own profiles
   */
  readonly inferenceProfiles?: IBedrockInferenceProfile[];
}
