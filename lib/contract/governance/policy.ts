/** Where a team's requests may be served, in the words of `residency`. */
export const GEOGRAPHIES = ['eu', 'us', 'jp', 'au'] as const;
export type Geography = (typeof GEOGRAPHIES)[number];

/** From the least to the most. */
export const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];

/** What a client may use. Whatever is left out is not limited. */
export interface ClientPolicy {
  /** Ids or aliases, or beginnings of ids with `*` at their end. @default - every model */
  readonly models?: readonly string[];
  /** Names of hosts. @default - every host */
  readonly hosts?: readonly string[];
  /** Hosts that serve elsewhere, even in part, are left out of its chains. @default - anywhere */
  readonly geographies?: readonly Geography[];
  /** Tools that Anthropic runs, by type (`web_search_20250305`) or family (`web_search`); an empty list: none. @default - every tool */
  readonly tools?: readonly string[];
  /** MCP servers that a host may be sent to: `mcp.example.com`, `*.example.com`; an empty list: none. @default - every server */
  readonly mcpServers?: readonly string[];
  /** The most that `max_tokens` may ask for. @default - what the model has */
  readonly maxTokens?: number;
  /** The most that `output_config.effort` may ask for. @default - what the model has */
  readonly effort?: Effort;
  /** Files by their id, and the paths of files. @default true */
  readonly files?: boolean;
  /** What users say, and models answer, is held against it. @default - none */
  readonly guardrail?: GuardrailConfig;
}

/** A guardrail of Bedrock, which looks at texts whatever host they go to. */
export interface GuardrailConfig {
  readonly id: string;
  /** Its number, or `DRAFT`. */
  readonly version: string;
  /** @default - that of the router */
  readonly region?: string;
  /** Answers too, which are then given when they are whole. @default false */
  readonly output?: boolean;
  /** What becomes of requests while it cannot be asked. @default 'closed' */
  readonly whenDown?: 'open' | 'closed';
}
