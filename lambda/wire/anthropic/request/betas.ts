import type { Headers } from '../../../engine/headers';

/**
 * Of a door where betas are not simply passed on. Acceptance changes by model and month: the lists save a round trip, the
 * hosts have the last word.
 */
export interface BetaList {
  readonly accepted: readonly string[];
  /** Beginnings of names that are refused; `accepted` wins. */
  readonly rejected: readonly string[];
}

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

/** What to send of the requested betas. Unknown ones are kept: the host's 400 teaches, see lesson.ts. */
export function betasFor(
  { accepted, rejected }: BetaList,
  requested: readonly string[],
): { keep: string[]; drop: string[] } {
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
