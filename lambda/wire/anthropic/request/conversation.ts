import type { Turn } from '../../../engine/chain/plan';
import { shareOf } from '../../../engine/chain/affinity';
import { isObject } from '../../../engine/json';
import type { Headers } from '../../../engine/headers';
import type { MessagesBody } from './message-request';

/** A number in [0, 1) that stays the same for all requests of a conversation. */
export function conversationShare(headers: Headers, body: MessagesBody): number {
  return shareOf(headers['x-claude-code-session-id'] || userId(body['metadata']) || said(body.messages[0]));
}

/** One user may have several conversations at a time, and one session of Claude Code has: their first messages tell them apart. */
export function turnOf(headers: Headers, body: MessagesBody): Turn {
  return {
    conversation: shareOf([conversationShare(headers, body), said(body.messages[0])]),
    turns: body.messages.filter((message) => isObject(message) && message['role'] === 'assistant').length,
  };
}

/** However it is written: a text may be a block, and the mark of a prompt cache moves on with each turn. */
function said(message: unknown): unknown {
  const { role, content } = isObject(message) ? message : {};
  if (!Array.isArray(content)) return message;
  const blocks = content.map((block: unknown) => {
    if (!isObject(block)) return block;
    const { cache_control: _, ...said } = block;
    return said;
  });
  const [only, ...others] = blocks;
  return others.length === 0 && isObject(only) && only['type'] === 'text' ? [role, only['text']] : [role, blocks];
}

function userId(metadata: unknown): string | undefined {
  return isObject(metadata) && typeof metadata['user_id'] === 'string' ? metadata['user_id'] : undefined;
}
