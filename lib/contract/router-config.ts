import type { Steering } from './names';

export type HostKind = 'anthropic' | 'bedrock' | 'vertex' | 'foundry' | 'claude-platform-aws';

/** Where a key is kept. The value itself never stands in a configuration. */
export type KeySource =
  | { readonly env: string }
  | {
      readonly secretArn: string;
      /** Field of a JSON secret. @default - the whole secret string is the key */
      readonly field?: string;
    };

/** The moment from which an answer belongs to the client. */
export type CommitMode = 'first-content' | 'complete';

/** Times in milliseconds. */
export interface Budget {
  /** From the request's arrival to the last byte, over all attempts. */
  readonly deadlineMs: number;
  /** Per attempt: connect, send, and receive the response headers. */
  readonly headersMs: number;
  /** Per attempt: until the first content event, from the attempt's start. */
  readonly firstContentMs: number;
  /** Longest silence between bytes of an answer. */
  readonly idleMs: number;
  /** Streaming only: how long the client hears nothing before the first `ping`. */
  readonly pingAfterMs: number;
  readonly maxAttempts: number;
}
export type BudgetPreset = 'realtime' | 'interactive' | 'batch';

export interface RetryConfig {
  /** Quick retries on the same host for 5xx and connection failures. @default 1 */
  readonly quickRetries?: number;
  /** Longest wait before a quick retry; the wait is drawn evenly below it. @default 500 */
  readonly quickRetryMaxMs?: number;
  /** Longest retry-after of a 429 that is waited for on the same host. @default 2000 */
  readonly rateLimitWaitMaxMs?: number;
}

export interface BreakerConfig {
  /** @default 3 */
  readonly consecutiveFailures?: number;
  /** Share of failures in the window, 0 to 1. @default 0.1 */
  readonly errorRate?: number;
  /** @default 60000 */
  readonly windowMs?: number;
  /** Fewest requests in the window before the rate counts. @default 20 */
  readonly minRequests?: number;
  /** How long an open breaker stays open before one probe; doubles with each probe that hangs, to eight times. @default 10000 */
  readonly openMs?: number;
  /** How long each ramp stage (10, 25, 50 %) lasts. @default 20000 */
  readonly rampStageMs?: number;
}

interface HostBase {
  /** Lower case letters, digits and dashes: the name in chains, headers, logs and metrics. */
  readonly name: string;
  /** Base URL instead of the host's public one. @default - the host's documented address */
  readonly endpoint?: string;
  /** Model id -> id on this host; adds to and overrides the model table. @default - the model table */
  readonly models?: Readonly<Record<string, string>>;
  readonly timeouts?: Partial<Pick<Budget, 'headersMs' | 'firstContentMs' | 'idleMs'>>;
  readonly retry?: RetryConfig;
  readonly breaker?: BreakerConfig;
}

export interface AnthropicHostConfig extends HostBase {
  readonly kind: 'anthropic';
  /** Rotated on 429 and on 401, 402, 403, before the next host. */
  readonly keys: readonly KeySource[];
}

export type BedrockProfile = 'global' | 'us' | 'eu' | 'jp' | 'au' | 'apac' | 'us-gov';

export interface BedrockHostConfig extends HostBase {
  readonly kind: 'bedrock';
  readonly region: string;
  /** Cross-region inference profile prefix. Application profiles go into `models`, by ARN. @default 'global' */
  readonly profile?: BedrockProfile;
  /**
   * `messages`: bedrock-runtime's native Messages door; `invoke`: InvokeModel.
   * @default 'auto' - `messages` for the models that have it, else `invoke`
   */
  readonly door?: 'auto' | 'messages' | 'invoke';
}

/** Workload identity federation from the router's AWS role: no Google key is stored. */
export interface GoogleFederation {
  /** `//iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>` */
  readonly audience: string;
  /** @default - direct resource access, no impersonation */
  readonly serviceAccount?: string;
  /** @default 'https://sts.googleapis.com/v1/token' */
  readonly tokenUrl?: string;
  /** @default 'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15' */
  readonly verificationUrl?: string;
  /** @default 'https://iamcredentials.googleapis.com' */
  readonly iamEndpoint?: string;
}

export interface VertexHostConfig extends HostBase {
  readonly kind: 'vertex';
  readonly project: string;
  /** `global`, `us`, `eu` or a region. */
  readonly location: string;
  /** @default - Google application default credentials */
  readonly federation?: GoogleFederation;
}

export interface FoundryHostConfig extends HostBase {
  readonly kind: 'foundry';
  readonly resource: string;
  readonly keys: readonly KeySource[];
  /** Azure-hosted deployments lack server tools and structured outputs. @default 'anthropic' */
  readonly hosting?: 'anthropic' | 'azure';
}

/** In Anthropic's failure domain: not an independent fallback for the `anthropic` host. */
export interface ClaudePlatformAwsHostConfig extends HostBase {
  readonly kind: 'claude-platform-aws';
  readonly region: string;
  readonly workspaceId: string;
}

export type HostConfig =
  AnthropicHostConfig | BedrockHostConfig | VertexHostConfig | FoundryHostConfig | ClaudePlatformAwsHostConfig;

/** A model the model table does not know, or knows differently. */
export interface ModelConfig {
  /** Anthropic's id. */
  readonly id: string;
  readonly displayName?: string;
  readonly aliases?: readonly string[];
  /** Id on each kind of host; a missing kind has no equivalent. Bedrock: the base id, without profile prefix. */
  readonly on: Readonly<Partial<Record<HostKind, string>>>;
  /** Bedrock's native Messages door serves it. @default false */
  readonly bedrockMessages?: boolean;
}

export interface RouteConfig {
  /** Model ids or aliases, `*` at the end matches any rest. @default - every model */
  readonly models?: readonly string[];
  /** Client names. @default - every client */
  readonly clients?: readonly string[];
  /** A request header and the value it must have. @default - no condition */
  readonly header?: { readonly name: string; readonly value: string };
  /** Host names, in the order in which they are tried. */
  readonly chain: readonly string[];
  /** @default 'interactive' */
  readonly budget?: BudgetPreset | (Partial<Budget> & { readonly preset?: BudgetPreset });
  /** Upper limit for what `x-failover-budget` may ask. @default 840000 */
  readonly maxDeadlineMs?: number;
  /** @default 'first-content' */
  readonly commit?: CommitMode;
  /** Share of the conversations, 0 to 1, that begin at a healthy fallback instead of the first host, so that it stays warm. @default 0 */
  readonly trickle?: number;
  /** Read the answers of non-streaming requests upstream as a stream and assemble them. @default true */
  readonly unaryAsStream?: boolean;
}

export interface ClientConfig {
  readonly name: string;
  /** SHA-256 of the client's gateway key, in hex. @default - the front door authenticates and names the client */
  readonly keySha256?: string;
  /** API Gateway's id (never the value) of the key by which it has authenticated the client. @default - none */
  readonly apiKeyId?: string;
  /** What this client may steer, beyond `steering`. @default - nothing more */
  readonly may?: readonly Steering[];
}

export interface RouterConfig {
  readonly hosts: readonly HostConfig[];
  readonly models: readonly (string | ModelConfig)[];
  /** The first that matches is taken. */
  readonly routes: readonly RouteConfig[];
  /** @default - anyone the front door lets in */
  readonly clients?: readonly ClientConfig[];
  /** What every client may steer. @default ['commit', 'budget'] */
  readonly steering?: readonly Steering[];
  /**
   * Batches and files, which live in the workspace of one `anthropic` host and are seen by every client: `true` for the
   * first such host.
   * @default false
   */
  readonly stateful?: boolean | { readonly host: string };
  /** Origins whose pages may call the gateway from a browser; `*` stands for any. @default - none */
  readonly cors?: readonly string[];
  /** @default { logs: true, metrics: true } */
  readonly telemetry?: { readonly logs?: boolean; readonly metrics?: boolean };
}
