import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { HostConfig } from '../contract';
import type { Model } from '../catalog/model';
import type { ModelCatalog } from '../catalog/resolve';
import type { BedrockUse } from './bedrock/bedrock-statements';
import type { BedrockCalls } from './bedrock/grant-bedrock';
import type { IProviderKey } from './provider-key';
import type { Place } from '../catalog/places';

/** A host in the router it serves. */
export interface HostBinding {
  readonly config: HostConfig;
  /** What it fails together with: `anthropic`, `google`, `azure`, the name of a server, or one AWS region such as `aws:us-east-1`. */
  readonly failureDomains: readonly string[];
  /** Where its requests may be served. */
  readonly places: readonly Place[];
  /** The keys it reads. */
  readonly keys: readonly IProviderKey[];
  /** What it asks Bedrock for, once a model. @default - nothing */
  readonly bedrock?: readonly BedrockCalls[];
  /** What it asks Bedrock for in the name of single clients. @default - nothing */
  readonly bedrockOfClients?: readonly BedrockUse[];
  /** What is wrong with these models here, which the host has: synth stops. @default - nothing */
  modelsProblem?(models: readonly Model[]): string | undefined;
  /** Allows exactly what this host needs beside. @default - nothing */
  grantInvoke?(grantee: iam.IGrantable): void;
}

/**
 * `clients`: who has a part of the bill to themselves, where the host can tell them apart.
 * `others`: what last resorts ask it for, one of `models` or an id of the host's own.
 */
export type BindHost = (
  scope: Construct,
  models: ModelCatalog,
  clients?: readonly string[],
  others?: readonly string[],
) => HostBinding;
