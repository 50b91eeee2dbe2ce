import type { BodyFields } from '../../../engine/host';
import { isObject, type JsonObject } from '../../../engine/json';
import { FOREIGN_SIGNATURE, isForeignCall, splitId } from './foreign-marks';

/**
 * The body without what another model has thought and signed, so that a conversation in which a last resort has answered goes
 * on at Claude. The same object where there is nothing of the kind.
 */
export function withoutForeignThinking(body: BodyFields): BodyFields {
  if (!Array.isArray(body['messages'])) return body;
  const messages: readonly unknown[] = body['messages'];
  const own = messages.map(ownMessage);
  const isSame = own.every((message, index) => message === messages[index]);
  const kept = isSame ? body : { ...body, messages: own.filter((message) => message !== undefined) };
  return isUnthoughtRound(body, own) ? withoutThinking(kept) : kept;
}

const blocksOf = (message: unknown): readonly unknown[] =>
  isObject(message) && Array.isArray(message['content']) ? message['content'] : [];

/** Undefined where nothing of the message is left. */
function ownMessage(message: unknown): unknown {
  const blocks = blocksOf(message);
  const own = blocks.map(ownBlock);
  if (own.every((block, index) => block === blocks[index])) return message;
  const content = own.filter((block) => block !== undefined);
  return content.length === 0 ? undefined : { ...(message as JsonObject), content };
}

const ID_FIELDS = new Map<unknown, string>([
  ['tool_use', 'id'],
  ['tool_result', 'tool_use_id'],
]);

function ownBlock(block: unknown): unknown {
  if (!isObject(block)) return block;
  const { type, signature } = block;
  if (type === 'thinking' && typeof signature === 'string') {
    return signature.startsWith(FOREIGN_SIGNATURE) ? undefined : block;
  }
  const field = ID_FIELDS.get(type) ?? '';
  const own = splitId(block[field]);
  return own === undefined ? block : { ...block, [field]: own.id };
}

const typeOf = (block: unknown): unknown => (isObject(block) ? block['type'] : undefined);

/**
 * A model that thinks by a budget refuses a round of calls that does not begin with its thinking: one that another model has
 * begun, it can only go on with unthinkingly.
 */
function isUnthoughtRound({ thinking }: BodyFields, messages: readonly unknown[]): boolean {
  if (!isObject(thinking) || thinking['type'] !== 'enabled') return false;
  const answers = messages.filter((message) => isObject(message) && message['role'] === 'assistant').map(blocksOf);
  const [first, ...rest] = (answers.at(-1) ?? []).map(typeOf);
  const isThought = first === 'thinking' || first === 'redacted_thinking';
  return !isThought && [first, ...rest].includes('tool_use') && answers.flat().some(isForeignCall);
}

/** What clears thinking demands that there is some. */
function withoutThinking({ thinking: _, context_management: management, ...body }: BodyFields): BodyFields {
  if (!isObject(management) || !Array.isArray(management['edits'])) return body;
  const edits = management['edits'].filter((edit) => !String(typeOf(edit)).startsWith('clear_thinking_'));
  return edits.length === 0 ? body : { ...body, context_management: { ...management, edits } };
}
