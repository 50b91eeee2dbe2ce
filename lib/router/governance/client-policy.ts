import type { GuardrailProps } from './guardrail';
import type { Residency } from '../residency';

/** How much a model puts into an answer. */
export enum EffortLevel {
  LOW = 'low',
  MEDIUM = 'medium',
  HIGH = 'high',
  XHIGH = 'xhigh',
  MAX = 'max',
}

/**
 * What a client (team) may use, at every path of the gateway. What is not allowed gets 403, which says what is, before any host hears of
 * it; see docs/policy.md.
 */
export interface ClientPolicyProps {
  /**
   * Models: ids or aliases of the router's, models of its last resorts, or the beginning of ids with `*` at its end.
   * @default - every model
   */
  readonly models?: string[];
  /**
   * Names of hosts. The others are left out of the client's chains.
   * @default - every host
   */
  readonly hosts?: string[];
  /**
   * Where its requests may be served. Hosts that serve elsewhere, even in part, are left out of its chains.
   * @default - anywhere
   */
  readonly geographies?: Residency[];
  /**
   * Tools that run at the host, by type such as `web_search_20250305`, or family such as `web_search`. An empty list: none. Tools that run
   * at the client are its own affair.
   * @default - every tool
   */
  readonly tools?: string[];
  /**
   * MCP servers that hosts may be sent to: names such as `mcp.example.com`, or `*.example.com`. An empty list: none.
   * @default - every server
   */
  readonly mcpServers?: string[];
  /**
   * The most that `max_tokens` may ask for, a whole number from 1. More is refused; OpenAI's clients that ask for nothing get this.
   * @default - what the model has
   */
  readonly maxTokens?: number;
  /**
   * The most that `output_config.effort` may ask for. More is refused; who asks for nothing, which stands for `high`, gets this where it
   * is lower.
   * @default - what the model has
   */
  readonly effort?: EffortLevel;
  /**
   * Whether messages may name files by their id, and the paths of files are served.
   * @default true
   */
  readonly files?: boolean;
  /**
   * Guardrail of Amazon Bedrock that what users and tools say is held against, whatever host it goes to. Batches, which it could not look
   * at, are refused.
   * @default - none
   */
  readonly guardrail?: GuardrailProps;
}
