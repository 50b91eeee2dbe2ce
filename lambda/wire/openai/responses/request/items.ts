import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import { claudesId } from '../../door/request/calls';
import { refuse } from '../../door/request/refuse';
import { thoughtIn } from '../thoughts';
import { claudesName, KINDS, type ToolKind } from '../tool-kinds';
import { blocksOf } from './content';

type Speaker = 'system' | 'user' | 'assistant';

/** What becomes of an item of the conversation. */
export type Said =
  | { readonly by: Speaker; readonly blocks: readonly JsonObject[] }
  /** A call by the assistant, or a result for it. */
  | { readonly by: 'call' | 'result'; readonly id: string; readonly block: JsonObject };

type Reader = (item: JsonObject, path: string, dropped: Set<string>) => Said;

const SPEAKERS: Readonly<Record<string, Speaker>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
};

/** Calls that ran at OpenAI: their results stood in answers, which Claude is told. */
const HOSTED =
  'web_search_call file_search_call computer_call computer_call_output code_interpreter_call image_generation_call ' +
  'mcp_call mcp_list_tools mcp_approval_request mcp_approval_response tool_search_call tool_search_output';

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['message', message],
  ['reasoning', reasoning],
  ...KINDS.flatMap((kind): [string, Reader][] => [
    [kind.call, (item, path) => call(kind, item, path)],
    [`${kind.call}_output`, result],
  ]),
  ...HOSTED.split(' ').map((type): [string, Reader] => [
    type,
    (_item, _path, dropped) => {
      dropped.add(`input.${type}`);
      return { by: 'assistant', blocks: [] };
    },
  ]),
]);

const TAKEN = ['message', 'reasoning', ...KINDS.flatMap(({ call: type }) => [type, `${type}_output`])].join(', ');

export function readItem(item: unknown, path: string, dropped: Set<string>): Said {
  if (!isObject(item)) return refuse(path, 'it must be an object');
  const type = item['type'] === undefined && item['role'] !== undefined ? 'message' : textOf(item['type']);
  if (type === 'item_reference') return refuse(path, 'this gateway keeps no items; send the item itself');
  const read = READERS.get(type ?? '');
  return read ? read(item, path, dropped) : refuse(`${path}.type`, `it must be one of ${TAKEN}`);
}

function message({ role, content }: JsonObject, path: string): Said {
  const by = typeof role === 'string' && Object.hasOwn(SPEAKERS, role) ? SPEAKERS[role] : undefined;
  if (by === undefined) return refuse(`${path}.role`, `it must be one of ${Object.keys(SPEAKERS).join(', ')}`);
  return { by, blocks: blocksOf(content, `${path}.content`) };
}

function reasoning(item: JsonObject, _path: string, dropped: Set<string>): Said {
  const block = thoughtIn(item);
  if (block === undefined && textOf(item['encrypted_content'])) dropped.add('input.reasoning');
  return { by: 'assistant', blocks: block ? [block] : [] };
}

function call({ input, own, call: type }: ToolKind, item: JsonObject, path: string): Said {
  const id = idOf(item, path);
  const builtIn = own && type.replace(/_call$/, '');
  const name = builtIn ?? (textOf(item['name']) || refuse(`${path}.name`, 'it must be a string'));
  const known = claudesName(name, textOf(item['namespace']));
  return { by: 'call', id, block: { type: 'tool_use', id, name: known, input: input(item) } };
}

function result(item: JsonObject, path: string): Said {
  const id = idOf(item, path);
  const { output, status } = item;
  const isShells = Array.isArray(output) && output.every((each) => isObject(each) && each['type'] === undefined);
  const blocks = blocksOf(isShells && output.length > 0 ? JSON.stringify(output) : output, `${path}.output`);
  const content = blocks.length > 0 && { content: blocks };
  return {
    by: 'result',
    id,
    block: { type: 'tool_result', tool_use_id: id, ...content, ...(status === 'failed' && { is_error: true }) },
  };
}

/** Results of a local shell name their call by `id`. */
const idOf = ({ call_id: id, id: own }: JsonObject, path: string): string =>
  claudesId(textOf(id) || textOf(own) || refuse(`${path}.call_id`, 'it must be a string'));
