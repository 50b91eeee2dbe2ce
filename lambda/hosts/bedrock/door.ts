import type { BedrockHostConfig } from '../../../lib/contract';
import type { AwsCredentialSource } from '../../aws/aws-credentials';
import type { Host, HostCall } from '../../engine/host';
import type { HostDeps } from '../host-deps';
import type { HostFacts } from '../host-facts';

/** What both of Bedrock's doors are made from. */
export interface BedrockHost {
  readonly config: BedrockHostConfig;
  readonly deps: HostDeps;
  readonly facts: HostFacts;
  /** The model's id for who asks. */
  modelId(call: HostCall): string | undefined;
  readonly credentials: AwsCredentialSource;
}
export type Door = Host['open'];
