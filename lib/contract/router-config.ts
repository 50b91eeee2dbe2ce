import type { BatchesConfig } from './batches/batches';
import type { ClientSpend, SpendConfig } from './governance/spend';
import type { FairQueueConfig } from './governance/fair-queue';
import type { ClientPolicy, GuardrailConfig } from './governance/policy';
import type { HostConfig, HostKind } from './hosts';
import type { AuditConfig } from './governance/audit';
import type { CacheConfig } from './routes/cache';
import type { HoursConfig } from './routes/hours';
import type { Steering } from './names';
import type { OrderConfig } from './routes/order';
import type { Budget, BudgetPreset } from './presets';
import type { QueueConfig, WhenDown } from './queue/queue';

/** The moment from which an answer belongs to the client. */
export const COMMIT_MODES = ['first-content', 'complete'] as const;
export type CommitMode = (typeof COMMIT_MODES)[number];

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

/** A host, and the model it is asked for there. */
export interface LinkConfig {
  readonly host: string;
  /** One of `models`, or the host's own id of any other. */
  readonly model: string;
}

export interface RouteConfig {
  /** Model ids or aliases, `*` at the end matches any rest. @default - every model */
  readonly models?: readonly string[];
  /** Client names. @default - every client */
  readonly clients?: readonly string[];
  /** A request header and the value it must have. @default - no condition */
  readonly header?: { readonly name: string; readonly value: string };
  /** When it is open. @default - always */
  readonly hours?: HoursConfig;
  /** Host names, in the order in which they are tried. */
  readonly chain: readonly string[];
  /** How the chain is arranged for a conversation. @default 'listed' */
  readonly order?: OrderConfig;
  /**
   * At most four other models, or links such as `vertex/claude-haiku-5-5`, each tried on the chain of its own route, in this
   * order, when the whole chain is exhausted: only for clients that may have other models, by `steering` or their own `may`, and
   * that name none by themselves in the body's `fallbacks`.
   * @default - only those that a request names
   */
  readonly fallbacks?: readonly string[];
  /**
   * Other models, tried in this order when the whole chain and its fallbacks are exhausted: only for clients that may, by `steering` or their
   * own `may`, and never to count tokens.
   * @default - none
   */
  readonly lastResort?: readonly LinkConfig[];
  /**
   * Claude models that are asked, at the clouds of the chain and for the same clients, where a model there refuses before it
   * has said anything. Anthropic itself has its own `fallbacks` for that.
   * @default - a refusal is the answer
   */
  readonly onRefusal?: readonly string[];
  /**
   * What the same clients are told, as an answer, when no host has one.
   * @default - they get the error
   */
  readonly message?: string;
  /** Whether requests of clients that agree wait when no host has an answer; needs `queue`. @default 'fail' */
  readonly whenDown?: WhenDown;
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
  /** Answers that are given again to equal requests. @default - every request goes to a host */
  readonly cache?: CacheConfig;
}

export const QUOTA_PERIODS = ['day', 'week', 'month'] as const;
export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

export interface ClientQuota {
  readonly limit: number;
  /** By UTC; weeks begin on Monday. */
  readonly period: QuotaPeriod;
}

/** How much a client may send: the first three are what usage plans are behind API Gateway. Processes share them by the health table. */
export interface ClientLimits {
  /** Requests a second, on average. @default - any number */
  readonly rate?: number;
  /** Requests that may come at once. @default - as many as `rate` */
  readonly burst?: number;
  /** @default - any number */
  readonly quota?: ClientQuota;
  /** Requests in any minute. @default - any number */
  readonly requestsPerMinute?: number;
  /** Tokens in any minute, of prompts without what caches had of them, and of answers. @default - any number */
  readonly tokensPerMinute?: number;
  /** Requests under way at a time. @default - any number */
  readonly concurrent?: number;
}

export interface ClientConfig {
  readonly name: string;
  /**
   * SHA-256 of the client's gateway key, in hex, or of several, so that a new one is taken before the old one goes.
   * @default - the front door authenticates and names the client
   */
  readonly keySha256?: string | readonly string[];
  /** @default - none of the router's own */
  readonly limits?: ClientLimits;
  /** What it may spend. @default - what `spend` says of every team */
  readonly spend?: ClientSpend;
  /** Holds the key of an operator, who may see and set spend limits. @default false */
  readonly operator?: boolean;
  /** What this client may use. @default - whatever the gateway serves */
  readonly policy?: ClientPolicy;
  /** API Gateway's id (never the value) of the key by which it has authenticated the client. @default - none */
  readonly apiKeyId?: string;
  /** What this client may steer, beyond `steering`. @default - nothing more */
  readonly may?: readonly Steering[];
}

export interface TelemetryConfig {
  readonly logs?: boolean;
  readonly metrics?: boolean;
  /** Share of the requests without any failure whose lines are written, above 0 and up to 1. @default 1 */
  readonly successes?: number;
}

export interface RouterConfig {
  readonly hosts: readonly HostConfig[];
  readonly models: readonly (string | ModelConfig)[];
  /** The first that matches is taken. */
  readonly routes: readonly RouteConfig[];
  /** @default - anyone the front door lets in */
  readonly clients?: readonly ClientConfig[];
  /** What texts of every client are held against that has no guardrail of its own, and of whoever is no client. @default - nothing */
  readonly guardrail?: GuardrailConfig;
  /** What the gateway may spend, and each of its teams and users. @default - any amount, which is not counted */
  readonly spend?: SpendConfig;
  /** What every client may steer. @default ['commit', 'budget'] */
  readonly steering?: readonly Steering[];
  /**
   * Where hosts cannot take all that comes, teams take turns: in a process that serves many.
   * @default - who comes first is served first
   */
  readonly fairQueue?: FairQueueConfig;
  /**
   * Batches and files, which live in the workspace of one `anthropic` host and are seen by every client: `true` for the
   * first such host.
   * @default false
   */
  readonly stateful?: boolean | { readonly host: string };
  /** Requests that can wait. @default - none can */
  readonly queue?: QueueConfig;
  /**
   * Message Batches that fail over, each seen by its own client alone. They take the place of those of `stateful`, which then has files only.
   * @default - none
   */
  readonly batches?: BatchesConfig;
  /**
   * `GET /health` says its status and nothing else, so that anybody may ask; the report on hosts is at `GET /health/hosts`, for clients.
   * @default false
   */
  readonly openHealth?: boolean;
  /**
   * SHA-256, in hex, of what CloudFront sends as `x-failover-front`: whoever comes without it is turned away, but for
   * `GET /api/hello`.
   * @default - anybody may come by the server's own address
   */
  readonly frontSecretSha256?: string;
  /** Origins whose pages may call the gateway from a browser; `*` stands for any. @default - none */
  readonly cors?: readonly string[];
  /** @default { logs: true, metrics: true } */
  readonly telemetry?: TelemetryConfig;
  /** @default - there is no audit trail */
  readonly audit?: AuditConfig;
}
