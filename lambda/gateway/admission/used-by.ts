import { tokenCounts } from '../../../lib/catalog/prices';
import type { Ending } from '../../engine/answer';

/** Tokens as Anthropic's own limits count them: what a prompt had from a cache is free. */
export function usedBy({ usage }: Ending): { readonly input: number; readonly output: number } | undefined {
  if (usage === undefined) return undefined;
  const { prompt, cacheRead, output } = tokenCounts(usage);
  return { input: prompt - cacheRead, output };
}
