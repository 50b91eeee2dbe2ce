import { isRecord, records, type Json } from '../../json';
import { chatErrors } from './chat-errors';
import type { Framing } from './framing';
import type { StreamEvent } from './message-events';

/** What Gemini signs its calls with: long, and in the plain alphabet of base64. */
const SIGNATURE = Buffer.from('simulated thought '.repeat(40)).toString('base64');
/** Google's own word for calls that no Gemini has made. */
const UNSIGNED = 'skip_thought_signature_validator';

/** Gemini 3 refuses its calls back without what it has signed them with: of those made at once, the first. */
export function signatureComplaint(body: Json): string | undefined {
  for (const { tool_calls: calls } of records(body['messages'])) {
    const [first] = records(calls);
    const extra = first?.['extra_content'];
    const google = isRecord(extra) && isRecord(extra['google']) ? extra['google'] : {};
    const isSigned = [SIGNATURE, UNSIGNED].includes(String(google['thought_signature']));
    if (first !== undefined && !isSigned) return 'Function call is missing a thought_signature in functionCall parts.';
  }
  return undefined;
}

/** As Google's OpenAI door streams: calls whole and without an index, counters in every chunk, and `stop` as the end of everything. */
export function geminiFraming(model: string, id: string): Framing {
  let calls = 0;
  let open: { readonly name: string; args: string } | undefined;
  let usage = { completion_tokens: 0, prompt_tokens: 0, total_tokens: 0 };
  const chunk = (delta: object, finish?: string) =>
    `data: ${JSON.stringify({
      choices: [{ delta: { role: 'assistant', ...delta }, index: 0, ...(finish && { finish_reason: finish }) }],
      created: 1_795_000_000,
      id,
      model,
      object: 'chat.completion.chunk',
      usage,
    })}\n\n`;
  const call = ({ name, args }: { readonly name: string; readonly args: string }) => {
    calls += 1;
    const signed = calls === 1 && { extra_content: { google: { thought_signature: SIGNATURE } } };
    const made = { ...signed, function: { arguments: args, name }, id: `function-call-${calls}`, type: 'function' };
    return chunk({ tool_calls: [made] });
  };

  const event = (each: StreamEvent): string | undefined => {
    switch (each.type) {
      case 'message_start':
        usage = { ...usage, prompt_tokens: each.message.usage.input_tokens };
        return undefined;
      case 'content_block_start':
        if (each.content_block.type === 'tool_use') open = { name: each.content_block.name, args: '' };
        return undefined;
      case 'content_block_delta':
        if (each.delta.type === 'text_delta') return chunk({ content: each.delta.text });
        if (open && each.delta.type === 'input_json_delta') open.args += each.delta.partial_json;
        return undefined;
      case 'content_block_stop': {
        const made = open;
        open = undefined;
        return made && call(made);
      }
      case 'message_delta': {
        const { output_tokens: completion } = each.usage;
        usage = { ...usage, completion_tokens: completion, total_tokens: usage.prompt_tokens + completion };
        return chunk({}, each.delta.stop_reason === 'max_tokens' ? 'length' : 'stop');
      }
      case 'message_stop':
        return 'data: [DONE]\n\n';
      default:
        return undefined;
    }
  };
  return { ...chatErrors, event };
}
