import type { BodyFields } from '../../engine/host';
import { isObject, type JsonObject } from '../../engine/json';

/** The request with the instructions from within its conversation behind those before it, where every server reads them; the same object where there are none. */
export function instructionsFirst(body: BodyFields): BodyFields {
  const { system, messages } = body;
  if (!Array.isArray(messages)) return body;
  const given = messages.filter(isInstruction);
  if (given.length === 0) return body;
  return {
    ...body,
    system: [...blocksOf(system), ...given.flatMap(({ content }) => blocksOf(content))],
    messages: messages.filter((message: unknown) => !isInstruction(message)),
  };
}

const isInstruction = (message: unknown): message is JsonObject => isObject(message) && message['role'] === 'system';

function blocksOf(content: unknown): readonly unknown[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return Array.isArray(content) ? content : [];
}
