import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { ClientPolicyProps } from '../../router/governance/client-policy';
import type { Steering } from '../../router/client';
import type { ClientSpendProps } from '../../router/spend/spend-props';

/** How many requests a team may send in a period. */
export interface TeamQuota {
  /** Requests, a whole number from 1. */
  readonly limit: number;
  /**
   * Period after which the count starts anew.
   * @default apigateway.Period.MONTH
   */
  readonly period?: apigateway.Period;
}

/** A team with a gateway key of its own. */
export interface TeamProps {
  /** 1 to 63 lower case letters, digits and dashes: the team's name in routes and logs. A new name means a new key. */
  readonly name: string;
  /**
   * An API Gateway key of this region that exists already; it may be in no other usage plan of this API's stage.
   * @default - a new key
   */
  readonly apiKey?: apigateway.IApiKey;
  /**
   * Secret whose whole text is the value of the key: 20 to 128 characters, as API Gateway takes them. CloudFormation reads it at
   * deployment, and it stands in no template, so that gateways in two regions can take the same key. A change of the secret is not
   * noticed by itself; another secret makes another key.
   * @default - API Gateway makes the value
   */
  readonly keySecret?: secretsmanager.ISecret;
  /**
   * Requests a second, on average, a whole number from 1. API Gateway applies it on a best-effort basis.
   * @default - the limit of the gateway
   */
  readonly rateLimit?: number;
  /**
   * Requests that may come at once, a whole number from 1; needs `rateLimit`.
   * @default - as many as `rateLimit`
   */
  readonly burstLimit?: number;
  /**
   * Requests in a longer period, on a best-effort basis too.
   * @default - no quota
   */
  readonly quota?: TeamQuota;
  /**
   * What the team may spend.
   * @default - what the gateway's `spend` says of every team
   */
  readonly spend?: ClientSpendProps;
  /**
   * Whether the team is an operator, who sees and sets spend limits at `/v1/organizations/spend_limits`.
   * @default false
   */
  readonly operator?: boolean;
  /**
   * Requests in any minute, a whole number from 1. The router counts them itself, whatever is before it; see docs/policy.md.
   * @default - no limit of its own
   */
  readonly requestsPerMinute?: number;
  /**
   * Tokens in any minute, a whole number from 1: of prompts, without what caches had of them, and of answers.
   * @default - no limit
   */
  readonly tokensPerMinute?: number;
  /**
   * Requests under way at a time, a whole number from 1.
   * @default - any number
   */
  readonly concurrent?: number;
  /**
   * What the team may use: models, hosts, geographies, tools, and how much of them.
   * @default - whatever the gateway serves
   */
  readonly policy?: ClientPolicyProps;
  /**
   * What the team may steer by request headers.
   * @default - `commit` and `budget`
   */
  readonly may?: Steering[];
}
