import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import { callsOf, claudesId } from './calls';
import { toBlocks } from './parts';
import { refuse } from './refuse';

type Role = 'user' | 'assistant';

export interface Turn {
  readonly role: Role;
  readonly content: JsonObject[];
}

export interface Conversation {
  /** Instructions from anywhere in the conversation, in their order: Anthropic has them before it. */
  readonly system: JsonObject[];
  readonly turns: readonly Turn[];
}

/** Turns as Claude takes them: never two of one side in a row. */
export class Turns implements Conversation {
  readonly system: JsonObject[] = [];
  readonly turns: Turn[] = [];

  add(role: Role, blocks: readonly JsonObject[]): void {
    const last = this.turns.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else if (blocks.length > 0) this.turns.push({ role, content: [...blocks] });
  }
}

/** Results of parallel calls, each a message there, are one turn here; so is what the user says right after them. */
export function toTurns(messages: readonly unknown[]): Conversation {
  const turns = new Turns();
  messages.forEach((message, index) => {
    const path = `messages[${index}]`;
    if (!isObject(message)) return refuse(path, 'it must be an object');
    const blocks = toBlocks(message['content'], `${path}.content`);
    switch (message['role']) {
      case 'system':
      case 'developer':
        return void turns.system.push(...blocks);
      case 'user':
        return turns.add('user', blocks);
      case 'assistant':
        return turns.add('assistant', [...blocks, ...refusalOf(message), ...callsOf(message['tool_calls'], path)]);
      case 'tool':
        return turns.add('user', [toolResult(message['tool_call_id'], blocks, path)]);
      default:
        return refuse(`${path}.role`, 'it must be one of system, developer, user, assistant, tool');
    }
  });
  return turns;
}

function refusalOf({ refusal }: JsonObject): readonly JsonObject[] {
  return typeof refusal === 'string' && refusal !== '' ? [{ type: 'text', text: refusal }] : [];
}

function toolResult(id: unknown, content: readonly JsonObject[], path: string): JsonObject {
  const call = textOf(id) ?? refuse(`${path}.tool_call_id`, 'it must be a string');
  return { type: 'tool_result', tool_use_id: claudesId(call), ...(content.length > 0 && { content }) };
}
