/** What a request may need of a host beyond the plain wire: servers of one's own are told apart by these words. */
export const FEATURES = [
  'web_search',
  /** Of the versions after the first, 2025-03-05. */
  'web_search_dynamic',
  'web_fetch',
  'code_execution',
  'container',
  'skills',
  'mcp_servers',
  'file_id',
  'url_source',
  'tool_search',
  'tool_search_bm25',
  /** Of tools that the client has searched for itself, as Claude Code does. */
  'tool_reference',
  'structured_outputs',
  'mid_conversation_system',
  'computer_toolset',
  'browser_toolset',
  'advisor',
  'thread',
  'user_profile',
  'billing_policy',
  'fallback_credit',
  'server_side_fallback_history',
] as const;
export type NamedFeature = (typeof FEATURES)[number];
