import { isRecord, records, type Json } from '../../json';

const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'stop',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'reasoning_effort',
  'user',
  'safety_identifier',
]);

/** What the API has against a request, in its own words; undefined where that is nothing. */
export function chatComplaint(body: Json): string | undefined {
  const unknown = Object.keys(body).find((field) => !KNOWN.has(field));
  if (unknown !== undefined) return `Unrecognized request argument supplied: ${unknown}`;
  const messages = records(body['messages']);
  if (messages.length === 0) return "Invalid 'messages': empty array. Expected an array with minimum length 1.";
  let open = new Set<unknown>();
  for (const { role, tool_calls: calls, tool_call_id: id } of messages) {
    if (role === 'tool') {
      if (!open.delete(id))
        return "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
    } else if (open.size > 0) {
      return "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.";
    }
    if (role === 'assistant') open = new Set(records(calls).map((call) => call['id']));
  }
  return undefined;
}

/** What decides the simulated answer, in the form that the other wires have it. */
export function readChatBody(body: Json): Json {
  const messages = records(body['messages']).filter(({ role }) => role !== 'system' && role !== 'developer');
  const { response_format: format, tool_choice: choice } = body;
  const schema = isRecord(format) && isRecord(format['json_schema']) ? format['json_schema']['schema'] : undefined;
  return {
    messages: messages.map(({ role, content }) =>
      role === 'tool'
        ? { role: 'user', content: [{ type: 'tool_result', content }] }
        : { role, content: content ?? '' },
    ),
    max_tokens: body['max_tokens'] ?? body['max_completion_tokens'],
    tools: records(body['tools']).map(({ function: fn }) => ({
      name: isRecord(fn) ? fn['name'] : '',
      input_schema: isRecord(fn) ? fn['parameters'] : {},
    })),
    tool_choice:
      choice === 'required'
        ? { type: 'any' }
        : isRecord(choice)
          ? { type: 'tool', name: nameOf(choice) }
          : { type: choice },
    ...(schema !== undefined && { output_config: { format: { type: 'json_schema', schema } } }),
  };
}

const nameOf = ({ function: fn }: Json): unknown => (isRecord(fn) ? fn['name'] : undefined);
