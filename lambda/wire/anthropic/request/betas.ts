import type { Headers } from '../../../engine/host';

/** Where betas are not simply passed on. */
export type BetaDoor = 'bedrockInvoke' | 'bedrockMessages' | 'vertex';

interface BetaList {
  readonly accepted: readonly string[];
  /** Beginnings of names that are refused; `accepted` wins. */
  readonly rejected: readonly string[];
}

const BEDROCK_INVOKE = [
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
const BEDROCK_REJECTED = [
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

/** Acceptance changes by model and month: these lists save a round trip, the hosts have the last word. */
export const BETAS: Readonly<Record<BetaDoor, BetaList>> = {
  bedrockInvoke: { accepted: BEDROCK_INVOKE, rejected: BEDROCK_REJECTED },
  bedrockMessages: {
    accepted: [
      ...BEDROCK_INVOKE,
      'output-128k-2025-02-19',
      'per-turn-control-2026-07-01',
      'structured-outputs-2025-11-13',
      'tool-examples-2025-10-29',
      'web-search-2025-03-05',
    ],
    rejected: BEDROCK_REJECTED,
  },
  vertex: {
    accepted: [
      'claude-code-20250219',
      'compact-2026-01-12',
      'compact-2026-09-04',
      'computer-use-2025-01-24',
      'computer-use-2025-11-24',
      'context-1m-2025-08-07',
      'context-management-2025-06-27',
      'dangerous-tool-use-2026-09-03',
      'interleaved-thinking-2025-05-14',
      'per-turn-control-2026-07-01',
      'thinking-binding-controls-2026-08-01',
      'thinking-display-updates-2026-08-18',
      'tool-search-tool-2025-10-19',
      'web-search-2025-03-05',
    ],
    rejected: ['advisor-', 'fast-mode-', 'files-api-', 'mcp-', 'oauth-', 'prompt-caching-scope-', 'skills-'],
  },
};

/** Long since part of the API: without effect where they are known, refused where they are not. */
const DEPRECATED: ReadonlySet<string> = new Set([
  'cache-diagnosis-2026-04-07',
  'extended-cache-ttl-2025-04-11',
  'message-batches-2024-09-24',
  'pdfs-2024-09-25',
  'prompt-caching-2024-07-31',
  'token-counting-2024-11-01',
  'token-efficient-tools-2025-02-19',
]);

/** The clouds know the part of it that they have under its older name. */
const RENAMED: Readonly<Record<string, string>> = {
  'advanced-tool-use-2025-11-20': 'tool-search-tool-2025-10-19',
};

/** What to send of the requested betas. Unknown ones are kept: the host's 400 teaches, see AdaptationMemory. */
export function betasFor(door: BetaDoor, requested: readonly string[]): { keep: string[]; drop: string[] } {
  const { accepted, rejected } = BETAS[door];
  const keep = new Set<string>();
  const drop: string[] = [];
  for (const beta of requested) {
    const name = Object.hasOwn(RENAMED, beta) ? RENAMED[beta]! : beta;
    const refused = DEPRECATED.has(name) || rejected.some((start) => name.startsWith(start));
    if (refused && !accepted.includes(name)) drop.push(beta);
    else keep.add(name);
  }
  return { keep: [...keep], drop };
}

export function requestedBetas(headers: Headers): string[] {
  const betas = headers['anthropic-beta']?.split(',') ?? [];
  return betas.map((beta) => beta.trim()).filter((beta) => beta !== '');
}
