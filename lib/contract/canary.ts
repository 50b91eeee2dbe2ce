import type { ModelConfig } from './router-config';

/** Client name of the canary, which may steer `only`. */
export const CANARY_CLIENT = 'canary';

/** Forms of request the canary sends in turn. */
export const CANARY_SHAPES = [
  'plain',
  'stream',
  'tool-use',
  'thinking',
  'cached-system',
  'image',
  'count-tokens',
] as const;
/** And those in which it asks the hosts of a last resort, which have other models. */
export const OTHER_SHAPES = ['other-text', 'other-tool'] as const;
/** And the one in which OpenAI's clients ask the endpoint. */
export const DOOR_SHAPE = 'openai-chat';
export type CanaryShape = (typeof CANARY_SHAPES | typeof OTHER_SHAPES)[number] | typeof DOOR_SHAPE;

/** Environment variables the canary reads, beside those of the router. */
export const CANARY_ENV = {
  /** `CanarySettings` as JSON. */
  SETTINGS: 'CANARY',
} as const;

export interface CanarySettings {
  readonly intervalMinutes: number;
  /** USD of tokens a day, by UTC. */
  readonly dailyBudgetUsd: number;
  /** @default - no check through the endpoint */
  readonly endpoint?: CanaryEndpoint;
  /** The endpoint is also asked as OpenAI's clients ask. @default false */
  readonly openaiDoor?: boolean;
  readonly quotas: readonly HostQuota[];
  /** @default - there is no other */
  readonly otherRegion?: OtherRegion;
}

/** The gateway of another region, as the canary of this one sees it. */
export interface OtherRegion {
  readonly region: string;
  /** Without a slash at its end. Its `/health` is open. */
  readonly url: string;
  /** How the names of all of its alarms begin. */
  readonly alarms: string;
  /** Whether it is left to the other region to tell of what both see. */
  readonly leads: boolean;
}

/** What the canary's metrics call another region, where they have a host. No host can be called so. */
export const regionAsHost = (region: string): string => `(${region})`;

/** The way every client takes. */
export interface CanaryEndpoint {
  /** Without a slash at its end. */
  readonly url: string;
  /** `api-key`: a key of API Gateway, read at run time; `secret`: one that the user keeps; `iam`: the role's own signature. */
  readonly auth: 'api-key' | 'secret' | 'iam' | 'none';
  /** Of `api-key`. */
  readonly apiKeyId?: string;
  /** Of `secret`. */
  readonly secretArn?: string;
}

/** Environment variables the look from outside reads. */
export const OUTSIDE_VIEW_ENV = {
  /** `OutsideViewSettings` as JSON. */
  SETTINGS: 'OUTSIDE_VIEW',
} as const;

export interface OutsideViewSettings {
  readonly endpoint: CanaryEndpoint;
  /** The one that is asked, as the router's configuration has it. */
  readonly model: string | ModelConfig;
}

/** What a host takes a minute: a figure, or the code under which Service Quotas knows it. */
export interface HostQuota {
  readonly host: string;
  readonly tokensPerMinute?: number;
  readonly requestsPerMinute?: number;
  readonly tokensQuotaCode?: string;
  readonly requestsQuotaCode?: string;
}

/** What the canary saw last. Item of kind `canary`, entry `result#<host>#<model>#<shape>`. */
export interface CanaryResult {
  readonly type: 'result';
  readonly host: string;
  readonly model: string;
  /** A `CanaryShape`. */
  readonly shape: string;
  /** `ok`, or a finding. */
  readonly outcome: string;
  readonly at: number;
  readonly elapsedMs: number;
}

/** What a day's checks have cost. Item of kind `canary`, entry `spend#<day>`. */
export interface CanarySpend {
  readonly type: 'spend';
  /** By UTC, `2026-11-25`. */
  readonly day: string;
  readonly usd: number;
}
