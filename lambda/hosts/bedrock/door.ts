import type { BedrockHostConfig } from '../../../lib/contract';
import type { AwsCredentialSource } from '../../aws/aws-credentials';
import type { Host } from '../../engine/host';
import type { HostDeps } from '../host-deps';
import type { HostFacts } from '../host-facts';

/** What both of Bedrock's doors are made from. */
export interface BedrockHost {
  readonly config: BedrockHostConfig;
  readonly deps: HostDeps;
  readonly facts: HostFacts;
  readonly credentials: AwsCredentialSource;
}
export type Door = Host['open'];
