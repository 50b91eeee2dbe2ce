import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import type { AskedOfDoor } from './asked';
import { effort } from './effort';
import { fallbacks } from './fallbacks';
import { refuse } from './refuse';

type Option = (asked: AskedOfDoor) => JsonObject;

/** What becomes of the fields beside the conversation and its tools. */
export const OPTIONS: readonly Option[] = [
  onlyOne,
  maxTokens,
  stopSequences,
  sampling('temperature'),
  sampling('top_p'),
  userId,
  ({ body: { stream } }) => (stream === true ? { stream } : {}),
  ({ body: { thinking } }) => (isObject(thinking) ? { thinking } : {}),
  outputConfig,
  ({ body }) => fallbacks(body),
];

const CHATS =
  'model messages stream stream_options tools tool_choice parallel_tool_calls n max_tokens max_completion_tokens stop ' +
  'temperature top_p user safety_identifier thinking reasoning_effort response_format functions function_call fallbacks models';
/** They ask for nothing. */
const AS_GOOD_AS_ABSENT: readonly unknown[] = [null, 0, false];
/** A header takes no other name, and a client may send any. */
const NAME = /^\w{1,40}$/;

/** Fields that Claude has nothing for. */
export function unknownFields(body: JsonObject, known = CHATS): readonly string[] {
  const names = known.split(' ');
  return Object.keys(body).filter(
    (name) => NAME.test(name) && !names.includes(name) && !AS_GOOD_AS_ABSENT.includes(body[name]),
  );
}

function onlyOne({ body }: AskedOfDoor): JsonObject {
  const { n, functions, function_call: call } = body;
  if (n !== undefined && n !== null && n !== 1) return refuse('n', 'Claude gives one answer a request; leave it out');
  for (const [name, value] of Object.entries({ functions, function_call: call })) {
    if (value !== undefined && value !== null) return refuse(name, 'it is no longer taken; use tools and tool_choice');
  }
  return {};
}

function maxTokens({ body: { max_completion_tokens: most, max_tokens: older }, model }: AskedOfDoor): JsonObject {
  return { max_tokens: most ?? older ?? model.maxTokens };
}

function stopSequences({ body: { stop }, dropped }: AskedOfDoor): JsonObject {
  if (stop === undefined || stop === null) return {};
  const all: readonly unknown[] = Array.isArray(stop) ? stop : [stop];
  // Claude's hosts refuse those of white space alone.
  const kept = all.filter((sequence) => typeof sequence !== 'string' || sequence.trim() !== '');
  if (kept.length < all.length) dropped.add('stop');
  return kept.length > 0 ? { stop_sequences: kept } : {};
}

function sampling(field: 'temperature' | 'top_p'): Option {
  return (asked) => {
    const { body, model, dropped } = asked;
    const value = body[field];
    if (value === undefined || value === null) return {};
    if (model.takesSampling && !thinks(asked))
      return { [field]: typeof value === 'number' ? Math.min(value, 1) : value };
    // Where it is what the model does anyway, nothing is lost.
    if (value !== 1) dropped.add(field);
    return {};
  };
}

/** Claude takes no sampling of a model that thinks. */
function thinks(asked: AskedOfDoor): boolean {
  const { thinking } = asked.body;
  const asWanted = isObject(thinking) ? thinking : effort(asked).thinking;
  return asWanted !== undefined && asWanted['type'] !== 'disabled';
}

function userId({ body }: AskedOfDoor): JsonObject {
  const id = textOf(body['safety_identifier']) ?? textOf(body['user']);
  return id ? { metadata: { user_id: id } } : {};
}

function outputConfig(asked: AskedOfDoor): JsonObject {
  const { level, thinking } = effort(asked);
  const format = outputFormat(asked);
  return {
    ...(thinking && { thinking }),
    ...((level ?? format) !== undefined && {
      output_config: { ...(level !== undefined && { effort: level }), ...(format && { format }) },
    }),
  };
}

function outputFormat({ body: { response_format: format }, dropped }: AskedOfDoor): JsonObject | undefined {
  if (format === undefined || format === null) return undefined;
  if (!isObject(format)) return refuse('response_format', 'it must be an object with a type');
  if (format['type'] === 'text') return undefined;
  if (format['type'] !== 'json_schema') {
    // JSON of any shape is nothing that Claude can be held to.
    dropped.add('response_format');
    return undefined;
  }
  const schema = isObject(format['json_schema']) ? format['json_schema']['schema'] : undefined;
  if (!isObject(schema)) return refuse('response_format.json_schema.schema', 'it must be a JSON schema');
  return { type: 'json_schema', schema };
}
