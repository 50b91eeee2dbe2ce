import { isObject, type JsonObject } from '../../../../engine/json';
import type { AskedOfDoor, DoorModel } from '../../door/request/asked';
import { OPTIONS, unknownFields } from '../../door/request/options';
import { refuse } from '../../door/request/refuse';
import { toTools } from '../../door/request/tools';
import { askedChoice, type AskedTools } from './tools';

const KNOWN =
  'model input instructions stream tools tool_choice parallel_tool_calls max_output_tokens temperature top_p user ' +
  'safety_identifier reasoning text metadata store include previous_response_id conversation background prompt fallbacks models thinking';

/** What is wanted there and cannot be had here. */
const STATE: Readonly<Record<string, string>> = {
  previous_response_id: 'this gateway keeps no responses; send the whole conversation as input',
  conversation: 'this gateway keeps no conversations; send the whole of it as input',
  background: 'this gateway keeps no responses to come back for; leave it out',
  prompt: 'this gateway keeps no prompts; send instructions and input',
};

/** What has parts: of anything else nothing would be asked. */
const OBJECTS = ['text', 'reasoning'];

/** What goes by other names in Chat, of what may be left out. */
const NAMES: Readonly<Record<string, string>> = {
  reasoning_effort: 'reasoning.effort',
  response_format: 'text.format',
};
const WITHOUT_TEXT = 'reasoning.encrypted_content';

/** The fields beside the conversation, in Anthropic's words: by way of Chat's, which say the same. */
export function toOptions(body: JsonObject, model: DoorModel, tools: AskedTools, dropped: Set<string>): JsonObject {
  for (const [field, what] of Object.entries(STATE)) {
    if (body[field] !== undefined && body[field] !== null && body[field] !== false) return refuse(field, what);
  }
  for (const field of OBJECTS) {
    if (body[field] && !isObject(body[field])) return refuse(field, 'it must be an object');
  }
  noteDropped(body, dropped);
  const asked: AskedOfDoor = { body: inChatsNames(body, tools), model, dropped: new Set() };
  const fields: JsonObject = { ...toTools(asked) };
  for (const option of OPTIONS) Object.assign(fields, option(asked));
  for (const name of asked.dropped) dropped.add(NAMES[name] ?? name);
  return { ...fields, ...thinking(body, model, fields) };
}

function noteDropped(body: JsonObject, dropped: Set<string>): void {
  for (const name of unknownFields(body, KNOWN)) dropped.add(name);
  const { text, include, store } = body;
  if (store === true) dropped.add('store');
  if (isObject(text) && text['verbosity'] !== undefined) dropped.add('text.verbosity');
  if (Array.isArray(include) && include.some((each) => each !== WITHOUT_TEXT)) dropped.add('include');
}

function inChatsNames(body: JsonObject, asked: AskedTools): JsonObject {
  const { max_output_tokens: most, reasoning, text } = body;
  const { tools, choice } = askedChoice(body['tool_choice'], asked);
  return {
    ...body,
    tools,
    tool_choice: tools.length === 0 ? undefined : choice,
    max_completion_tokens: most,
    reasoning_effort: isObject(reasoning) ? reasoning['effort'] : undefined,
    response_format: isObject(text) ? formatOf(text['format']) : undefined,
  };
}

function formatOf(format: unknown): unknown {
  if (!isObject(format) || format['type'] !== 'json_schema') return format;
  if (!isObject(format['schema'])) return refuse('text.format.schema', 'it must be a JSON schema');
  return { type: 'json_schema', json_schema: format };
}

/** Thoughts are told in a summary, and only where one is asked for. */
function thinking({ reasoning }: JsonObject, model: DoorModel, fields: JsonObject): JsonObject {
  const { summary, generate_summary: older } = isObject(reasoning) ? reasoning : {};
  const isWanted = typeof (summary ?? older) === 'string';
  const asked = fields['thinking'];
  if (isObject(asked))
    return !isWanted && asked['type'] === 'adaptive' ? { thinking: { ...asked, display: 'omitted' } } : {};
  const { tool_choice: choice } = fields;
  const isForced = isObject(choice) && (choice['type'] === 'any' || choice['type'] === 'tool');
  if (!isWanted || isForced || !model.thinking.includes('adaptive')) return {};
  return { thinking: { type: 'adaptive', display: 'summarized' } };
}
