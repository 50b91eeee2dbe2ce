import { textOf, type JsonObject } from '../../../engine/json';

/** What a client's own search for tools has found, in words: for a server that is given all tools in any case. */
export function referenceInWords({ tool_name: name }: JsonObject): string {
  return `Found the tool ${textOf(name) ?? ''}. It can be called now.`;
}
