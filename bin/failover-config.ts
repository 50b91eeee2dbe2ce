import type { ClientPolicy, ClientSpend, GuardrailConfig, HoursConfig, SpendConfig, Steering } from '../lib/contract';
import type { GoogleProject } from '../lib/hosts/vertex/google-project';
import type { BatchesConfig } from './batches/batches-config';
import type { AuditTrailConfig } from './governance/audit-config';
import type { SpendReportConfig } from './governance/spend-report-config';
import type { ChainHost } from './hosts/chain-hosts';
import type { LastResortHost } from './hosts/last-resort-hosts';
import type { DomainConfig, RegionConfig } from './regions/region-config';
import type { QueueConfig } from './queue/queue-config';
import type { RouteOptions } from './route-options';
import type { ShapeConfig } from './shape-config';

/** Configuration of the complete stack: `failover.config.ts`, read by every app in `bin/`. */
export interface FailoverConfig extends RouteOptions {
  /** CloudFormation's name for the stack. @default 'ClaudeFailover' */
  readonly stackName?: string;
  /** AWS account to deploy to; the Google side has to know it. @default - the one of the credentials at deployment */
  readonly account?: string;
  /** AWS region of the gateway. @default - the one of the credentials at deployment */
  readonly region?: string;
  /** Two regions with a gateway and a stack each, in the order in which they are deployed; needs `domain`. @default - one region */
  readonly regions?: readonly (string | RegionConfig)[];
  /** The name that leads to both of `regions`. @default - one region, and API Gateway's own address */
  readonly domain?: DomainConfig;
  /** What the router runs as; docs/shapes.md has a table to choose by. @default 'lambda' */
  readonly shape?: ShapeConfig;
  /** Anthropic's ids or aliases of the models that are served. */
  readonly models: readonly string[];
  /** Hosts in the order in which they are tried. */
  readonly chain: readonly ChainHost[];
  /** Other models, in this order, when the whole chain has failed: for teams that may `last-resort`. @default - none */
  readonly lastResort?: readonly LastResortHost[];
  /** Google Cloud project of the Vertex hosts. @default - none, so no Vertex host in the chain */
  readonly google?: GoogleProject;
  /** The only geography in which requests may be served. @default 'anywhere' */
  readonly residency?: ResidencyName;
  /** Requests that can wait, which teams ask for by `Prefer: respond-async`. @default - none can */
  readonly queue?: QueueConfig;
  /** Message Batches that fail over. @default - there are none */
  readonly batches?: BatchesConfig;
  /** Requests that are treated differently. The first route that matches is taken. @default - none */
  readonly routes?: readonly StackRoute[];
  /** Who may call: each team gets a key of its own. @default - one team, `default` */
  readonly teams?: readonly TeamConfig[];
  /** What may be spent, in USD: by the whole gateway, by each team and user, and on models. @default - any amount, not counted */
  readonly spend?: SpendConfig;
  /** What texts of every team are held against that has no guardrail of its own. @default - nothing */
  readonly guardrail?: GuardrailConfig;
  /** Addresses that are woken when the gateway fails. */
  readonly pageEmails: readonly string[];
  /** Addresses for what can wait, such as a key that grows old. @default - nobody */
  readonly noticeEmails?: readonly string[];
  /** What asks every host each minute, so that no fallback is a guess; `false` for none. @default - within 4 USD of tokens a month */
  readonly canary?: CanaryConfig | false;
  /** Who has asked for what, where nobody can change it; outlives the stack. @default - there is no trail */
  readonly audit?: AuditTrailConfig;
  /** What is told of the cost of tokens, by team, model and host: `{}` for all of it. @default - the whole alone, when a day is dear */
  readonly spendReport?: SpendReportConfig;
  /** What happens to keys, logs and the health table with `cdk destroy`. @default 'destroy' */
  readonly onDestroy?: 'destroy' | 'retain';
}

export type ResidencyName = 'eu' | 'us' | 'jp' | 'au' | 'anywhere';

/** What matches a request, and the chain that request is given. */
export interface StackRoute extends RouteOptions {
  /** Model ids or aliases, `*` at the end matches any rest. @default - every model */
  readonly models?: readonly string[];
  /** Names of teams. @default - every team */
  readonly teams?: readonly string[];
  /** When it takes requests. @default - always */
  readonly hours?: HoursConfig;
  /** Names of hosts of `chain`, in the order in which they are tried. @default - all of `chain` */
  readonly chain?: readonly string[];
  /** `false`: no other model answers these. @default - the stack's `lastResort` */
  readonly lastResort?: false;
}

export interface CanaryConfig {
  /** Minutes between two rounds, 1 to 60. @default 1 */
  readonly intervalMinutes?: number;
  /** USD of tokens a day, at list price. @default 0.129 */
  readonly dailyBudgetUsd?: number;
  /** What hosts take a minute, by the host's name, to be held against the traffic's peak. @default - not looked at */
  readonly quotas?: Readonly<Record<string, QuotaConfig>>;
  /** Asks the gateway once an hour as OpenAI's clients do, too. @default false */
  readonly openaiDoor?: boolean;
  /** Has CloudWatch Synthetics ask from the internet as a client would, at 0.0012 USD each time. @default - it does not */
  readonly outsideView?: OutsideViewConfig;
}

export interface OutsideViewConfig {
  /** Minutes between two looks, 1 to 60. @default 5 */
  readonly intervalMinutes?: number;
}

export interface QuotaConfig {
  readonly tokensPerMinute?: number;
  readonly requestsPerMinute?: number;
  /** Code of Service Quotas, such as L-58BE175A, for hosts on Bedrock. */
  readonly tokensQuotaCode?: string;
  readonly requestsQuotaCode?: string;
}

export interface TeamConfig {
  readonly name: string;
  /** Requests a second, on average; needs burstLimit. @default - no limit of its own */
  readonly rateLimit?: number;
  /** Requests that may come at once; needs rateLimit. @default - no limit of its own */
  readonly burstLimit?: number;
  /** Requests in a calendar day, week or month. @default - no limit */
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
  /** What the team may spend, in USD. @default - what `spend` says of every team */
  readonly spend?: ClientSpend;
  /** Its key is an operator's, who sees and sets spend limits. @default false */
  readonly operator?: boolean;
  /** Requests in any minute. @default - no limit */
  readonly requestsPerMinute?: number;
  /** Tokens in any minute, of prompts without what caches had of them, and of answers. @default - no limit */
  readonly tokensPerMinute?: number;
  /** Requests under way at a time. @default - no limit */
  readonly concurrent?: number;
  /** What the team may use. @default - whatever the gateway serves */
  readonly policy?: ClientPolicy;
  /** What the team may steer by request headers, beyond commit and budget. @default - nothing more */
  readonly may?: readonly Steering[];
}
