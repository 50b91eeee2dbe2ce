import type { Schema } from '../engine/failure/verdict';
import type { BetaList } from '../wire/anthropic/request/betas';
import type { Feature } from '../wire/anthropic/request/features';
import type { LaggingHost } from '../wire/anthropic/request/lesson';

/** What sets a host apart from api.anthropic.com, known without loading its adapter. */
export interface HostTraits {
  readonly schema: Schema;
  readonly maxBodyBytes: number;
  /** Features that change what a request means, and that it cannot serve. */
  readonly lacks: readonly Feature[];
  /** Dotted paths of fields that it refuses and the answer does not depend on. `*`: every element. */
  readonly leavesOut: readonly string[];
  /** Absent where betas are simply passed on. */
  readonly betas?: BetaList;
  /** Absent where refusals teach nothing, because the schema is current. */
  readonly lagging?: LaggingHost;
  /** The geography it keeps its inference in, e.g. `us`; absent where it keeps none. */
  readonly geo?: string | undefined;
}

export const MB = 1024 * 1024;

/* Groups that several kinds of host share. */

/** What Anthropic serves itself and nobody else has. */
export const FIRST_PARTY_ONLY: readonly Feature[] = [
  'computer_toolset',
  'browser_toolset',
  'advisor',
  'thread',
  'billing_policy',
  'fallback_credit',
  'server_side_fallback_history',
];

/** Tools and state that run or live at Anthropic. Of web search, some hosts have the basic version. */
export const SERVER_SIDE: readonly Feature[] = [
  'web_search_dynamic',
  'web_fetch',
  'code_execution',
  'container',
  'skills',
  'mcp_servers',
  'file_id',
];

/** Left out everywhere but at Anthropic. */
export const FIRST_PARTY_FIELDS: readonly string[] = [
  'service_tier',
  // A geography the host does not keep is a missing feature; one that it keeps need not be said.
  'inference_geo',
  'speed',
  'diagnostics',
  'billing_policy',
  // Without it a refusal comes back as a refusal, which clients handle; an outage would not.
  'fallbacks',
];

/** What the clouds do not know of prompt caching. */
export const CACHE_SCOPES: readonly string[] = [
  'system.*.cache_control.scope',
  'tools.*.cache_control.scope',
  'messages.*.content.*.cache_control.scope',
];
