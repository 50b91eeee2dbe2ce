import { STEERING_HEADERS } from '../../../lib/contract';
import type { Plan } from '../../engine/chain/plan';
import { isObject, type JsonObject } from '../../engine/json';

/** Of a request: what is longer says the same twice by accident only. */
const MOST_REQUEST_BYTES = 4 * 1024 * 1024;
/** Of an answer, far above what models say. */
export const MOST_ANSWER_BYTES = 4 * 1024 * 1024;

/** Fields that say all they mean by themselves. A request with another may depend on something that changes. */
const FIELDS: ReadonlySet<string> = new Set([
  'cache_control',
  'context_management',
  'inference_geo',
  'max_tokens',
  'messages',
  'metadata',
  'model',
  'output_config',
  'output_format',
  'service_tier',
  'speed',
  'stop_sequences',
  'stream',
  'system',
  'temperature',
  'thinking',
  'tool_choice',
  'tools',
  'top_k',
  'top_p',
]);

/** Features that need nothing beside the request: no files, no addresses, no tools that a host runs. */
const FEATURES = /^(structured_outputs|mid_conversation_system|inference_geo=.*)$/;

/** Tools with a type that their client runs. */
const CLIENTS_TOOL = /^(custom|bash_\d+|text_editor_\d+|computer_\d+|memory_\d+)$/;

/** Whether the answer to a request could be anybody's but today's. */
export function mayKeepFor({ body, bytes, features, isSteered, headers, client, route }: Plan): boolean {
  if (bytes.length > MOST_REQUEST_BYTES) return false;
  // Who names hosts wants to hear of them.
  if (isSteered || headers[STEERING_HEADERS.skip] !== undefined) return false;
  // Who cannot be told apart from others has nothing of its own.
  if (client === undefined && route.cache?.shared !== true) return false;
  if (!Object.keys(body).every((name) => FIELDS.has(name))) return false;
  return features.every((feature) => FEATURES.test(feature)) && toolsOf(body['tools']).every(isClientsTool);
}

const toolsOf = (tools: unknown): readonly unknown[] => (Array.isArray(tools) ? tools : []);

function isClientsTool(tool: unknown): boolean {
  if (!isObject(tool)) return false;
  const { type = 'custom' } = tool;
  return typeof type === 'string' && CLIENTS_TOOL.test(type);
}

/** The model has said all it wanted to. */
const ENDS: ReadonlySet<unknown> = new Set(['end_turn', 'stop_sequence', 'tool_use']);
/** What a model itself writes. */
const BLOCKS: ReadonlySet<unknown> = new Set(['text', 'thinking', 'redacted_thinking', 'tool_use']);

/** Whether a Message is whole, of the model's own, and bound to nothing that ends. */
export function mayKeepMessage(message: JsonObject): boolean {
  const { type, stop_reason: end, content, container } = message;
  return (
    type === 'message' &&
    ENDS.has(end) &&
    (container === undefined || container === null) &&
    Array.isArray(content) &&
    content.length > 0 &&
    content.every((block) => isObject(block) && BLOCKS.has(block['type']))
  );
}
