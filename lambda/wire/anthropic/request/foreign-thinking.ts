import type { BodyFields } from '../../../engine/host';
import { isObject } from '../../../engine/json';

/** Begins the signature of thinking that another model wrote: nobody has signed it, and no Claude takes it. */
export const FOREIGN_SIGNATURE = 'another-model';

/** The id of another model's tool call, and what it signed the call with. */
const SIGNED_ID = /^(toolu_[0-9a-z]{14})_sig_([\w-]+)$/;

export function signedId(id: string, signature: string): string {
  return `${id}_sig_${signature}`;
}

export function splitId(id: string): { readonly id: string; readonly signature: string | undefined } {
  const match = SIGNED_ID.exec(id);
  return { id: match?.[1] ?? id, signature: match?.[2] };
}

/**
 * The body without what another model thought and signed, so that a conversation in which a last resort has answered goes on
 * at Claude. The same object where there is nothing of the kind.
 */
export function withoutForeignThinking(body: BodyFields): BodyFields {
  const { messages } = body;
  if (!Array.isArray(messages)) return body;
  const kept = messages.map(ownPart);
  if (kept.every((message, index) => message === messages[index])) return body;
  return { ...body, messages: kept.filter((message) => message !== undefined) };
}

/** Undefined where nothing of the message is left. */
function ownPart(message: unknown): unknown {
  if (!isObject(message) || !Array.isArray(message['content'])) return message;
  const content: readonly unknown[] = message['content'];
  const kept = content.map(ownBlock);
  if (kept.every((block, index) => block === content[index])) return message;
  const left = kept.filter((block) => block !== undefined);
  return left.length === 0 ? undefined : { ...message, content: left };
}

const ID_FIELDS = new Map<unknown, string>([
  ['tool_use', 'id'],
  ['tool_result', 'tool_use_id'],
]);

function ownBlock(block: unknown): unknown {
  if (!isObject(block)) return block;
  if (block['type'] === 'thinking') {
    const { signature } = block;
    return typeof signature === 'string' && signature.startsWith(FOREIGN_SIGNATURE) ? undefined : block;
  }
  const field = ID_FIELDS.get(block['type']);
  const id = field === undefined ? undefined : block[field];
  if (typeof id !== 'string') return block;
  const own = splitId(id);
  return own.signature === undefined ? block : { ...block, [field!]: own.id };
}
