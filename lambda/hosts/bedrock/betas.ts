import type { BetaList } from '../../wire/anthropic/request/betas';

const INVOKE = [
  'claude-code-20250219',
  'compact-2026-01-12',
  'computer-use-2025-01-24',
  'computer-use-2025-11-24',
  'context-1m-2025-08-07',
  'context-management-2025-06-27',
  'dangerous-tool-use-2026-09-03',
  'effort-2025-11-24',
  'fine-grained-tool-streaming-2025-05-14',
  'interleaved-thinking-2025-05-14',
  'mid-conversation-output-config-2026-07-01',
  'mid-conversation-tool-changes-2026-07-01',
  'structured-outputs-2025-12-15',
  'thinking-binding-controls-2026-08-01',
  'thinking-display-updates-2026-08-18',
  'tool-search-tool-2025-10-19',
];

/** Answered with `invalid beta flag`, which never names the flag. */
const REJECTED = [
  'advisor-',
  'code-execution-',
  'extended-cache-ttl-',
  'fast-mode-',
  'files-api-',
  'mcp-',
  'oauth-',
  'output-128k-',
  'prompt-caching-scope-',
  'redact-thinking-',
  'skills-',
  'token-efficient-tools-2026-',
  'web-',
];

export const INVOKE_BETAS: BetaList = { accepted: INVOKE, rejected: REJECTED };

export const MESSAGES_BETAS: BetaList = {
  accepted: [
    ...INVOKE,
    'output-128k-2025-02-19',
    'per-turn-control-2026-07-01',
    'structured-outputs-2025-11-13',
    'tool-examples-2025-10-29',
    'web-search-2025-03-05',
  ],
  rejected: REJECTED,
};
