import type { Duration } from 'aws-cdk-lib';
import type { IBedrockInferenceProfile } from './bedrock/bedrock-inference-profile';
import type { BedrockProfile } from './bedrock/bedrock-profile';
import type { IProviderKey } from './provider-key';

/** Timers of one host, instead of those of the route's budget. Each is 1 millisecond to 14 minutes. */
export interface HostTimeouts {
  /**
   * Per attempt: connect, send, and receive the response headers.
   * @default - the budget's: 3 s realtime, 20 s interactive, 60 s batch
   */
  readonly headers?: Duration;
  /**
   * Per attempt: until the first content, from the attempt's start.
   * @default - the budget's: 3 s realtime, 30 s interactive, 3 min batch
   */
  readonly firstContent?: Duration;
  /**
   * Longest silence between bytes of an answer.
   * @default - the budget's: 10 s realtime, 150 s interactive, 4 min batch
   */
  readonly idle?: Duration;
}

/** Another attempt on the same host, before the next one is taken. */
export interface HostRetry {
  /**
   * Retries for 5xx and connection failures; 0 to 10.
   * @default 1
   */
  readonly quickRetries?: number;
  /**
   * Longest wait before such a retry; the wait is drawn evenly below it.
   * @default Duration.millis(500)
   */
  readonly quickRetryMaxWait?: Duration;
  /**
   * Longest `retry-after` of a rate limit that is waited for; a longer one means the next host at once.
   * @default Duration.seconds(2)
   */
  readonly rateLimitMaxWait?: Duration;
}

/** When a host is skipped, and how it comes back. */
export interface HostBreaker {
  /**
   * Failures in a row after which the host is skipped; 1 to 1000.
   * @default 3
   */
  readonly consecutiveFailures?: number;
  /**
   * Or: share of failures in the window, above 0 and up to 1.
   * @default 0.1
   */
  readonly errorRate?: number;
  /**
   * Length of that window; up to a day.
   * @default Duration.minutes(1)
   */
  readonly window?: Duration;
  /**
   * Fewest requests in the window before the share counts; 1 to 1000000.
   * @default 20
   */
  readonly minRequests?: number;
  /**
   * Wait before one probe; doubles with each probe that hangs, to eight times. Up to a day.
   * @default Duration.seconds(10)
   */
  readonly open?: Duration;
  /**
   * A recovered host gets 10, 25, then 50 % of its traffic, each for so long. Up to a day.
   * @default Duration.seconds(20)
   */
  readonly rampStage?: Duration;
}

/** What any host may have. */
export interface HostOptions {
  /**
   * Its name in chains, headers, logs and metrics: up to 63 lower case letters, digits and dashes; no other host of the router may have it.
   * @default - the kind of host, with its region and profile or location where these are given
   */
  readonly name?: string;
  /**
   * Base URL instead of the host's public one, for instance a VPC endpoint.
   * @default - the host's documented address
   */
  readonly endpoint?: string;
  /**
   * Ids on this host by model, used as they stand. They override the model table, and give ids to models it does not have.
   * @default - the model table
   */
  readonly modelIds?: { [model: string]: string };
  /** @default - the timers of the route's budget */
  readonly timeouts?: HostTimeouts;
  /** @default - one quick retry within half a second; rate limits are waited for up to 2 seconds */
  readonly retry?: HostRetry;
  /** @default - skipped after 3 failures in a row, or 10 % of at least 20 requests in a minute */
  readonly breaker?: HostBreaker;
}

/** Anthropic's own API. */
export interface AnthropicHostProps extends HostOptions {
  /** Its keys. With several, one that is rate limited or refused is set aside for the next, before the next host is taken. */
  readonly keys: IProviderKey[];
}

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

/** Google Vertex AI through workload identity federation. */
export interface VertexHostProps extends HostOptions {
  /** Id of the Google Cloud project, such as `my-project`. */
  readonly projectId: string;
  /** Number of that project, digits only: the workload identity pool is addressed by it. */
  readonly projectNumber: string;
  /**
   * `global`, the multi-regions `us` and `eu`, or a region such as `europe-west1`.
   * @default 'global'
   */
  readonly location?: string;
  /**
   * Workload identity pool: 4 to 32 lower case letters, digits and dashes.
   * @default 'claude-failover'
   */
  readonly poolId?: string;
  /**
   * The pool's AWS provider: 4 to 32 lower case letters, digits and dashes.
   * @default 'aws-router'
   */
  readonly providerId?: string;
  /**
   * E-mail address of a service account to impersonate.
   * @default - direct resource access, no impersonation
   */
  readonly serviceAccount?: string;
}

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

/** Claude Platform on AWS. */
export interface ClaudePlatformAwsHostProps extends HostOptions {
  /**
   * The region the workspace is bound to.
   * @default - the stack's region
   */
  readonly region?: string;
  /** Anthropic workspace id, `wrkspc_...`. */
  readonly workspaceId: string;
}
