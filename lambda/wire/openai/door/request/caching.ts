import type { JsonObject } from '../../../../engine/json';
import type { Conversation } from './turns';

/** OpenAI caches by itself, so its clients do not ask: the instructions, and all that has been said so far. */
export function markForCache({ system, turns }: Conversation): void {
  for (const blocks of [system, turns.at(-1)?.content]) mark(blocks?.at(-1));
}

function mark(block: JsonObject | undefined): void {
  if (block) block['cache_control'] = { type: 'ephemeral' };
}
