import { shareOf } from '../../../engine/chain/affinity';
import { isObject } from '../../../engine/json';
import type { Headers } from '../../../engine/headers';
import type { MessagesBody } from './message-request';

/** A number in [0, 1) that stays the same for all requests of a conversation. */
export function conversationShare(headers: Headers, body: MessagesBody): number {
  return shareOf(headers['x-claude-code-session-id'] || userId(body['metadata']) || body.messages[0]);
}

function userId(metadata: unknown): string | undefined {
  return isObject(metadata) && typeof metadata['user_id'] === 'string' ? metadata['user_id'] : undefined;
}
