import { isObject, parseJson, textOf, type JsonObject } from '../../../engine/json';

/** A kind of tool that its client runs: how Claude is told of it, and how a call is told on the Responses wire. */
export interface ToolKind {
  /** The type of its calls; with `_output`, that of their results. */
  readonly call: string;
  /** Begins the ids of its calls. */
  readonly idStart: string;
  /** For the kinds that have no name and no schema of their own. */
  readonly own?: { readonly description: string; readonly parameters: JsonObject };
  /** Of a call in the conversation, the input that Claude gave it. */
  readonly input: (item: JsonObject) => JsonObject;
  /** What stands in a call beside its ids: `text` is the input as Claude wrote it, JSON if it is whole. */
  readonly fields: (text: string, name: string) => JsonObject;
}

const STRING = { type: 'string' };
const STRINGS = { type: 'array', items: STRING };
const INTEGER = { type: 'integer' };
const object = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const inputOf = (text: string): JsonObject => {
  const input = parseJson(text);
  return isObject(input) ? input : {};
};
const objectIn = (item: JsonObject, field: string): JsonObject => {
  const value = item[field];
  return isObject(value) ? value : {};
};

/** Of a custom tool: text in a form of its own, which Claude gives as the one field of an object. */
export const CUSTOM_PARAMETERS = object({ input: STRING }, ['input']);

export const FUNCTION: ToolKind = {
  call: 'function_call',
  idStart: 'fc',
  // What is no JSON, a model has written: it is kept, as what it is.
  input: ({ arguments: text }) => {
    if (typeof text !== 'string' || text.trim() === '') return {};
    const input = parseJson(text);
    return isObject(input) ? input : { arguments: text };
  },
  fields: (text, name) => ({ name, arguments: text === '' ? '{}' : text }),
};

export const CUSTOM: ToolKind = {
  call: 'custom_tool_call',
  idStart: 'ctc',
  input: ({ input }) => ({ input: textOf(input) ?? '' }),
  fields: (text, name) => ({ name, input: textOf(inputOf(text)['input']) ?? text }),
};

/** Tools that have a type of their own; each may be there once. */
export const BUILT_IN: Readonly<Record<string, ToolKind>> = {
  shell: {
    call: 'shell_call',
    idStart: 'sh',
    own: {
      description:
        'Runs commands in the shell of the user, each by itself, and gives what they print and how they end.',
      parameters: object({ commands: STRINGS, timeout_ms: INTEGER, max_output_length: INTEGER }, ['commands']),
    },
    input: (item) => objectIn(item, 'action'),
    fields: (text) => {
      const { commands = [], timeout_ms = null, max_output_length = null } = inputOf(text);
      return { action: { commands, timeout_ms, max_output_length }, environment: null };
    },
  },
  local_shell: {
    call: 'local_shell_call',
    idStart: 'lsh',
    own: {
      description: 'Runs a command on the machine of the user: the program, and each of its arguments by itself.',
      parameters: object({ command: STRINGS, working_directory: STRING, timeout_ms: INTEGER }, ['command']),
    },
    input: (item) => {
      const { type: _, env: _env, ...input } = objectIn(item, 'action');
      return input;
    },
    fields: (text) => ({ action: { type: 'exec', env: {}, command: [], ...inputOf(text) } }),
  },
  apply_patch: {
    call: 'apply_patch_call',
    idStart: 'apc',
    own: {
      description:
        'Creates, updates or deletes a file. `diff` is a patch in the V4A format: for a new file each line begins with +; for an ' +
        'update, hunks begin with @@, and their lines with a space (context), - (removed) or + (added). Deleting takes none.',
      parameters: object(
        { type: { type: 'string', enum: ['create_file', 'update_file', 'delete_file'] }, path: STRING, diff: STRING },
        ['type', 'path'],
      ),
    },
    input: (item) => objectIn(item, 'operation'),
    fields: (text) => ({ operation: inputOf(text) }),
  },
};

/** Every kind, by the type of its calls. */
export const KINDS: readonly ToolKind[] = [FUNCTION, CUSTOM, ...Object.values(BUILT_IN)];

/** A tool of a request, under the name by which Claude knows it. */
export interface CalledTool {
  readonly kind: ToolKind;
  readonly name: string;
  readonly namespace?: string;
}
export type CalledTools = ReadonlyMap<string, CalledTool>;

const LONGEST_NAME = 128;

/** Claude has no namespaces, and fewer characters for a name. */
export const claudesName = (name: string, namespace?: string): string =>
  (namespace === undefined ? name : `${namespace}__${name}`).replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, LONGEST_NAME);
